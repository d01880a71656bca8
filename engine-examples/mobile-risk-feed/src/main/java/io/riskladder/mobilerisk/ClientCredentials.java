package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;

/**
 * What the service gives tokens for. A secret: it shows in no text, no message and no exception,
 * and cannot be compared or serialised.
 */
public final class ClientCredentials {
  private final String authorization;

  private ClientCredentials(String authorization) {
    this.authorization = authorization;
  }

  /**
   * {@return the key of an application, as an administrator makes it in the service's console}
   *
   * @param key the key; visible ASCII characters
   * @throws IllegalArgumentException if it is no key; the message does not have it
   */
  public static ClientCredentials applicationKey(String key) {
    if (!isVisible(requireNonNull(key, "key"))) {
      throw new IllegalArgumentException("key: expected one or more visible ASCII characters");
    }
    return new ClientCredentials("Bearer " + key);
  }

  /**
   * {@return the id and secret of a client, as OAuth 2.0 has them (RFC 6749, section 2.3.1), for a
   * gateway that asks for these}
   *
   * @param id the client's id; visible ASCII characters without a colon
   * @param secret its secret; visible ASCII characters
   * @throws IllegalArgumentException if one of the two is none; the message has neither
   */
  public static ClientCredentials ofClient(String id, String secret) {
    if (!isVisible(requireNonNull(id, "id")) || id.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "id: expected one or more visible ASCII characters without a colon");
    }
    if (!isVisible(requireNonNull(secret, "secret"))) {
      throw new IllegalArgumentException("secret: expected one or more visible ASCII characters");
    }
    String pair = id + ":" + secret;
    return new ClientCredentials(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  /** {@return whether a text can be a credential in a header: of visible ASCII characters} */
  static boolean isVisible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  String authorization() {
    return authorization;
  }

  /** {@return that there is something, and not what} */
  @Override
  public String toString() {
    return "ClientCredentials{hidden}";
  }
}
