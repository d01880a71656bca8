package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a device's user reads, placeholders filled in (rules, section 5). Texts that the engine
 * makes are put together when one of them is first asked for.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Message {

  /** The texts, in the order in which a user reads them. */
  record Texts(String description, String howToFix, Optional<String> notice) {
    Texts {
      requireNonNull(description, "description");
      requireNonNull(howToFix, "howToFix");
      requireNonNull(notice, "notice");
    }
  }

  private final Supplier<Texts> source;

  /** Put together at most once a thread, always to equal texts: no lock is needed. */
  private @Nullable Texts texts;

  Message(Supplier<Texts> source) {
    this.source = source;
  }

  /**
   * A message of these texts.
   *
   * @param description what was found
   * @param howToFix what the user can do
   * @param notice the group's addition, if it has one
   */
  public Message(String description, String howToFix, Optional<String> notice) {
    Texts given = new Texts(description, howToFix, notice);
    this.source = () -> given;
  }

  /** {@return what was found} */
  public String description() {
    return texts().description();
  }

  /** {@return what the user can do} */
  public String howToFix() {
    return texts().howToFix();
  }

  /** {@return the group's addition, if it has one} */
  public Optional<String> notice() {
    return texts().notice();
  }

  private Texts texts() {
    Texts known = texts;
    if (known == null) {
      known = source.get();
      texts = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Message message && texts().equals(message.texts());
  }

  @Override
  public int hashCode() {
    return texts().hashCode();
  }

  @Override
  public String toString() {
    return "Message" + texts().toString().substring(Texts.class.getSimpleName().length());
  }
}
