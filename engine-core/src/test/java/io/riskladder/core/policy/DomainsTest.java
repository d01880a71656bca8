package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of domains (rules, section 3). */
final class DomainsTest {

  @ParameterizedTest
  @CsvSource({
    "acme.example, acme.example",
    "ACME.Example, acme.example",
    "acme.example., acme.example",
    "ACME.EXAMPLE., acme.example",
    "localhost, localhost",
    "a-b_c.1.example, a-b_c.1.example",
    "b\u00fccher.example, xn--bcher-kva.example",
    "B\u00dcCHER.example., xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "\u4f8b\u3048.\u30c6\u30b9\u30c8, xn--r8jz45g.xn--zckzah",
    "acme\u3002example, acme.example",
    "acme.example\u3002, acme.example",
    "1.2.3.example, 1.2.3.example"
  })
  void the_normal_form_is_lower_case_ascii_without_a_trailing_dot(String domain, String expected) {
    assertEquals(expected, Domains.normalize(domain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ACME.example.", "b\u00fccher.example", "\u4f8b\u3048.\u30c6\u30b9\u30c8"})
  void normalising_twice_comes_to_the_same_as_once(String domain) {
    String once = Domains.normalize(domain);

    assertEquals(once, Domains.normalize(once));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".acme.example",
        "acme..example",
        "acme.example..",
        " ",
        "acme example",
        " acme.example",
        "acme.example ",
        "*.acme.example",
        "*",
        "https://acme.example",
        "acme.example/path",
        "acme.example:443",
        "user@acme.example",
        "acme.example?x",
        "acme,example",
        "a\nb.example"
      })
  void what_is_no_domain_is_refused(String domain) {
    String message = refusal(() -> Domains.normalize(domain));

    assertTrue(message.startsWith("domain: "), message);
    assertTrue(message.endsWith(" is not a domain, expected one like acme.example"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "192.0.2.1.",
        "127.0.0.1",
        "0.0.0.0",
        "::1",
        "2001:db8::1",
        "[2001:db8::1]",
        "::ffff:192.0.2.1",
        "\uff11\uff12\uff17.0.0.1"
      })
  void an_ip_literal_is_no_domain(String literal) {
    String message = refusal(() -> Domains.normalize(literal));

    assertTrue(message.contains("; an IP address is never blocked"), message);
  }

  @Test
  void a_label_has_at_most_63_characters() {
    assertEquals(characters(63) + ".example", Domains.normalize(characters(63) + ".example"));
    assertThrows(
        IllegalArgumentException.class, () -> Domains.normalize(characters(64) + ".example"));
  }

  @Test
  void a_domain_has_at_most_253_characters_the_trailing_dot_not_counted() {
    String most = (characters(49) + ".").repeat(5) + "abc";
    assertEquals(253, most.length());
    assertEquals(most, Domains.normalize(most));
    assertEquals(most, Domains.normalize(most + "."));

    assertThrows(IllegalArgumentException.class, () -> Domains.normalize(most + "d"));
  }

  @Test
  void a_blocked_domain_covers_itself_and_its_subdomains() {
    List<String> blocked = List.of("acme.example");

    assertTrue(Domains.cover(blocked, "acme.example"));
    assertTrue(Domains.cover(blocked, "www.acme.example"));
    assertTrue(Domains.cover(blocked, "a.b.acme.example"));
  }

  @Test
  void a_match_ends_at_the_boundary_of_a_label() {
    List<String> blocked = List.of("acme.example");

    assertFalse(Domains.cover(blocked, "notacme.example"));
    assertFalse(Domains.cover(blocked, "acme.example.org"));
    assertFalse(Domains.cover(blocked, "example"));
    assertFalse(Domains.cover(blocked, "cme.example"));
  }

  @Test
  void a_host_is_compared_in_normal_form() {
    assertTrue(Domains.cover(List.of("acme.example"), "WWW.Acme.Example."));
    assertTrue(Domains.cover(List.of("xn--bcher-kva.example"), "www.B\u00fccher.example"));
  }

  @Test
  void any_of_the_domains_may_cover_a_host() {
    assertTrue(Domains.cover(List.of("acme.example", "b.example"), "www.b.example"));
    assertFalse(Domains.cover(List.of(), "www.b.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "[::1]", "::1", "not a host", "", "*.acme.example"})
  void what_is_no_domain_is_never_covered(String host) {
    assertFalse(Domains.cover(List.of("acme.example", "1", "2.1"), host));
  }
}
