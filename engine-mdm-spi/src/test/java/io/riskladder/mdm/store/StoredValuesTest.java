package io.riskladder.mdm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** How texts and instants are kept. */
final class StoredValuesTest {
  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.of(
            '\u0000', '\u0001', '\u0002', 'a', '\ud83d', '\ude00', '\udfff', '\ud800', '\ue000')
        .list()
        .ofMaxSize(6)
        .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
  }

  @Property(seed = "7")
  void texts_come_back_and_are_such_as_databases_take(@ForAll("texts") String text) {
    String kept = StoredText.encode(text);

    assertEquals(text, StoredText.decode(kept));
    assertEquals(-1, kept.indexOf('\u0000'));
    assertEquals(kept, new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Property(seed = "7")
  void different_texts_are_kept_differently(
      @ForAll("texts") String one, @ForAll("texts") String other) {
    assertEquals(one.equals(other), StoredText.encode(one).equals(StoredText.encode(other)));
  }

  @Example
  void texts_that_databases_take_are_kept_as_they_are() {
    assertEquals("caf\u00e9 \ud83d\ude00\n", StoredText.encode("caf\u00e9 \ud83d\ude00\n"));
  }

  @Provide
  static Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 20),
            Arbitraries.longs().between(0, (1L << 38) - 1),
            Arbitraries.longs().between((1L << 38) - 20, (1L << 38) - 1));
    Arbitrary<Integer> nanos =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 999_999_999));
    return net.jqwik.api.Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
  }

  @Property(seed = "7")
  void instants_come_back_and_sort_as_texts(
      @ForAll("instants") Instant one, @ForAll("instants") Instant other) {
    assertEquals(one, StoredInstant.decode(StoredInstant.encode(one)));
    assertEquals(
        Integer.signum(one.compareTo(other)),
        Integer.signum(StoredInstant.encode(one).compareTo(StoredInstant.encode(other))));
  }

  @Example
  void instants_out_of_range_are_refused() {
    Instant last = Instant.ofEpochSecond((1L << 38) - 1, 999_999_999);

    assertEquals("274877906943.999999999", StoredInstant.encode(last));
    assertEquals("000000000000.000000000", StoredInstant.encode(Instant.EPOCH));
    assertThrows(IllegalArgumentException.class, () -> StoredInstant.encode(last.plusNanos(1)));
    assertThrows(
        IllegalArgumentException.class, () -> StoredInstant.encode(Instant.EPOCH.minusNanos(1)));
    assertNotEquals(StoredInstant.encode(last), StoredInstant.encode(last.minusNanos(1)));
  }
}
