package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riskladder.mdm.document.DocumentProblem.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.List;

/** Reads bytes as UTF-8, or says where they are not. */
final class Utf8 {
  private static final int MOST_BYTES_OF_A_CHAR = 3;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  static String decode(byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = UTF_8.newDecoder().decode(in, text, true);
    text.flip();
    if (result.isError()) {
      throw new InvalidDocumentException(
          List.of(
              new DocumentProblem(
                  "", "is not UTF-8: byte " + (in.position() + 1) + " fits nowhere", endOf(text))));
    }
    boolean marked = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK;
    return marked ? text.subSequence(1, text.length()).toString() : text.toString();
  }

  /** Throws if a text is larger than so many bytes. */
  static void checkSize(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
  }

  /** Throws if a text is larger than so many bytes when it is written as UTF-8. */
  static void checkSize(String text, int maxBytes) {
    boolean surelyFits = text.length() <= maxBytes / MOST_BYTES_OF_A_CHAR;
    if (!surelyFits && (text.length() > maxBytes || text.getBytes(UTF_8).length > maxBytes)) {
      throw tooLarge(maxBytes);
    }
  }

  private static InvalidDocumentException tooLarge(int maxBytes) {
    return Nodes.malformed(Place.START, "is larger than " + maxBytes + " bytes");
  }

  /** {@return the place after a text} */
  static Place endOf(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(line, column);
  }
}
