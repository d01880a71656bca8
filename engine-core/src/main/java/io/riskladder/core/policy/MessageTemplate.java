package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders (rules, section 5). Two templates are equal if their sources are.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class MessageTemplate {
  private static final ImmutableMap<String, Placeholder> BY_KEY =
      ImmutableList.copyOf(Placeholder.values()).stream()
          .collect(ImmutableMap.toImmutableMap(Placeholder::key, p -> p));

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Hole(Placeholder placeholder) implements Part {}

  private final String source;
  private final ImmutableList<Part> parts;

  private MessageTemplate(String source, ImmutableList<Part> parts) {
    this.source = source;
    this.parts = parts;
  }

  /**
   * {@return the template that a text is}
   *
   * @param source the text, with placeholders like {@code {daysLeft}} and braces doubled
   * @throws IllegalArgumentException if a brace stands alone, a placeholder is unknown, or the text
   *     is longer than {@link Limits#MAX_TEXT_LENGTH}
   */
  public static MessageTemplate parse(String source) {
    return parse("template", source);
  }

  static MessageTemplate parse(String path, String source) {
    requireNonNull(source, "source");
    Checks.text(path, source, Limits.MAX_TEXT_LENGTH);
    return new MessageTemplate(source, new Parser(path, source).parts());
  }

  /** {@return the text as it was written} */
  public String source() {
    return source;
  }

  /** {@return whether there is nothing to read in it} */
  public boolean isBlank() {
    return source.isBlank();
  }

  /**
   * {@return the text with its placeholders filled in; the values are not read again}
   *
   * @param values the value of each placeholder
   */
  public String render(Function<Placeholder, String> values) {
    requireNonNull(values, "values");
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text);
      } else if (part instanceof Hole hole) {
        text.append(values.apply(hole.placeholder));
      }
    }
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageTemplate that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }

  /** Reads a text once, from left to right. */
  private static final class Parser {
    private final String path;
    private final String source;
    private final ImmutableList.Builder<Part> parts = ImmutableList.builder();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    Parser(String path, String source) {
      this.path = path;
      this.source = source;
    }

    ImmutableList<Part> parts() {
      while (at < source.length()) {
        char c = source.charAt(at);
        boolean doubled = at + 1 < source.length() && source.charAt(at + 1) == c;
        if (c != '{' && c != '}') {
          literal.append(c);
          at++;
        } else if (doubled) {
          literal.append(c);
          at += 2;
        } else if (c == '{') {
          hole();
        } else {
          throw loneBrace(c);
        }
      }
      endLiteral();
      return parts.build();
    }

    private void hole() {
      int end = source.indexOf('}', at);
      int nested = source.indexOf('{', at + 1);
      if (end < 0 || (nested >= 0 && nested < end)) {
        throw loneBrace('{');
      }
      String key = source.substring(at + 1, end);
      Placeholder placeholder = BY_KEY.get(key);
      if (placeholder == null) {
        throw invalid(
            path,
            "{"
                + (key.isEmpty() ? "" : Checks.excerpt(key))
                + "} is not a placeholder"
                + Checks.nearest(key, BY_KEY.keySet())
                    .map(near -> ", did you mean {" + near + "}?")
                    .orElse(", expected one of " + BY_KEY.keySet()));
      }
      endLiteral();
      parts.add(new Hole(placeholder));
      at = end + 1;
    }

    private void endLiteral() {
      if (literal.length() > 0) {
        parts.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    private IllegalArgumentException loneBrace(char brace) {
      return invalid(
          path,
          "lone "
              + brace
              + " at character "
              + (at + 1)
              + ", write "
              + brace
              + brace
              + " for a brace");
    }
  }
}
