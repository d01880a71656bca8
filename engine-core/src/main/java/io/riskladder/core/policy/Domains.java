package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import io.riskladder.core.internal.Checks;
import java.net.IDN; // a pure function of its argument: no network is asked
import java.util.Collection;
import java.util.Locale;

/** Names of domains: their normal form, and what a blocked one covers (rules, section 3). */
public final class Domains {
  private static final int MAX_DOMAIN_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;
  private static final CharMatcher LABEL_CHARACTERS =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('0', '9'))
          .or(CharMatcher.anyOf("-_"))
          .precomputed();

  private Domains() {}

  /**
   * {@return the normal form of a domain: lower case, ASCII, no trailing dot}
   *
   * @param domain a domain, in any script
   * @throws IllegalArgumentException if it is no domain; an IP literal, a URL and a wildcard are
   *     none
   */
  public static String normalize(String domain) {
    return normalize("domain", domain);
  }

  static String normalize(String path, String domain) {
    requireNonNull(domain, "domain");
    String ascii;
    try {
      ascii = IDN.toASCII(domain).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw notADomain(path, domain, "");
    }
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    if (isIpLiteral(name)) {
      throw notADomain(path, domain, "; an IP address is never blocked");
    }
    boolean valid =
        name.length() <= MAX_DOMAIN_LENGTH
            && Splitter.on('.').splitToStream(name).allMatch(Domains::isLabel);
    if (!valid) {
      throw notADomain(path, domain, "");
    }
    return name;
  }

  /**
   * {@return whether a host is one of the domains or a subdomain of one; an IP literal never is,
   * nor is anything that is no domain}
   *
   * @param blockedDomains domains in normal form
   * @param host the host, in any form
   */
  public static boolean cover(Collection<String> blockedDomains, String host) {
    requireNonNull(blockedDomains, "blockedDomains");
    requireNonNull(host, "host");
    String name;
    try {
      name = normalize(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return blockedDomains.stream().anyMatch(d -> name.equals(d) || name.endsWith("." + d));
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL_LENGTH
        && LABEL_CHARACTERS.matchesAllOf(label);
  }

  private static boolean isIpLiteral(String name) {
    return InetAddresses.isInetAddress(name) || InetAddresses.isUriInetAddress(name);
  }

  private static IllegalArgumentException notADomain(String path, String domain, String why) {
    return invalid(
        path,
        Checks.excerpt(domain) + " is not a domain" + why + ", expected one like acme.example");
  }
}
