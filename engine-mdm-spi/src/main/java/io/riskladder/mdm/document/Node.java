package io.riskladder.mdm.document;

import io.riskladder.mdm.document.DocumentProblem.Place;
import java.util.List;
import java.util.Map;

/** A value of a document, and where it stands. */
sealed interface Node {
  Place place();

  /** {@return what it is, for messages} */
  String kind();

  record Text(Place place, String value) implements Node {
    @Override
    public String kind() {
      return "text";
    }
  }

  record Numeral(Place place, String digits) implements Node {
    @Override
    public String kind() {
      return "the number " + digits;
    }
  }

  record Bool(Place place, boolean value) implements Node {
    @Override
    public String kind() {
      return "the word " + value;
    }
  }

  record Null(Place place) implements Node {
    @Override
    public String kind() {
      return "null";
    }
  }

  /** In the order of the document. */
  record Items(Place place, List<Node> elements) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** In the order of the document. */
  record Struct(Place place, Map<String, Node> fields) implements Node {
    @Override
    public String kind() {
      return "an object";
    }
  }
}
