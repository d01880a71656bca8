package io.riskladder.core.simulation;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads a picture back by the JDK's parser, and says where its texts are. */
final class SvgReader {
  /** A line of text and the box that it may fill; bottom and right are outside. */
  record Line(String text, int left, int top, int right, int bottom) {
    boolean overlaps(Line other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  private final Document document;

  SvgReader(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError("not well formed: " + svg, e);
    }
  }

  int height() {
    return Integer.parseInt(document.getDocumentElement().getAttribute("height"));
  }

  String root(String attribute) {
    return document.getDocumentElement().getAttribute(attribute);
  }

  /** {@return the text of the first element of a name} */
  String content(String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }

  /** {@return the names of all elements} */
  List<String> elements() {
    List<String> names = new ArrayList<>();
    for (Element element : all("*")) {
      names.add(element.getTagName());
    }
    return names;
  }

  /** {@return all that is written, line by line} */
  String writing() {
    StringBuilder writing = new StringBuilder();
    lines().forEach(line -> writing.append(line.text).append('\n'));
    return writing.toString();
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Element text : all("text")) {
      lines.add(line(text));
    }
    return lines;
  }

  private List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Line line(Element text) {
    String content = text.getTextContent();
    String fontClass = text.getAttribute("class").split(" ", 2)[0];
    PictureFont font = PictureFont.valueOf(fontClass.substring(3).toUpperCase(Locale.ROOT));
    int x = Integer.parseInt(text.getAttribute("x"));
    int baseline = Integer.parseInt(text.getAttribute("y"));
    int width = font.width(content);
    int left = x;
    if (text.getAttribute("text-anchor").equals("middle")) {
      left = x - width / 2;
    } else if (text.getAttribute("direction").equals("rtl")) {
      left = x - width;
    }
    return new Line(
        content, left, baseline - font.size(), left + width, baseline + font.size() / 4);
  }
}
