package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The policies in force and older ones, by version (rules, section 6, modes). */
final class PolicyArchiveTest {
  private final CompiledPolicies first = named("first");
  private final CompiledPolicies second = named("second");
  private final CompiledPolicies third = named("third");

  private static CompiledPolicies named(String name) {
    return setOf(root().build()).name(name).build().compile();
  }

  @Test
  void the_first_version_is_0() {
    PolicyArchive archive = PolicyArchive.startingWith(first);

    assertEquals(0, archive.currentVersion());
    assertSame(first, archive.current());
    assertEquals(Optional.of(first), archive.version(0));
    assertEquals(Optional.empty(), archive.version(1));
  }

  @Test
  void each_change_adds_one_and_the_older_versions_stay() {
    PolicyArchive archive = PolicyArchive.startingWith(first).replacedBy(second).replacedBy(third);

    assertEquals(2, archive.currentVersion());
    assertSame(third, archive.current());
    assertEquals(Optional.of(first), archive.version(0));
    assertEquals(Optional.of(second), archive.version(1));
  }

  @Test
  void the_same_policies_again_are_a_version_of_their_own() {
    assertEquals(1, PolicyArchive.startingWith(first).replacedBy(first).currentVersion());
  }

  @Test
  void replacing_changes_nothing_in_the_archive_before() {
    PolicyArchive before = PolicyArchive.startingWith(first);
    assertEquals(1, before.replacedBy(second).currentVersion());

    assertEquals(0, before.currentVersion());
    assertSame(first, before.current());
  }

  @Test
  void what_nothing_needs_is_dropped_and_the_version_in_force_never() {
    PolicyArchive all = PolicyArchive.startingWith(first).replacedBy(second).replacedBy(third);
    PolicyArchive kept = all.keeping(Set.of(1, 17));

    assertEquals(Optional.empty(), kept.version(0));
    assertEquals(Optional.of(second), kept.version(1));
    assertEquals(Optional.of(third), kept.version(2));
    assertEquals(Optional.empty(), kept.version(17));
    assertSame(third, all.keeping(Set.of()).current());
  }

  @Test
  void versions_rise_on_after_older_ones_were_dropped() {
    PolicyArchive archive =
        PolicyArchive.startingWith(first).replacedBy(second).keeping(Set.of()).replacedBy(third);

    assertEquals(2, archive.currentVersion());
    assertEquals(Optional.empty(), archive.version(0));
  }

  @Test
  void an_archive_is_made_anew_of_versions_kept_elsewhere() {
    PolicyArchive archive = PolicyArchive.of(Map.of(4, third, 0, first, 2, second), 4);

    assertEquals(4, archive.currentVersion());
    assertSame(third, archive.current());
    assertEquals(Optional.of(first), archive.version(0));
    assertEquals(Optional.empty(), archive.version(1));
    assertEquals(Optional.of(second), archive.version(2));
    assertEquals(Optional.of(third), archive.version(4));
    assertEquals(Optional.empty(), archive.version(5));
  }

  @Test
  void an_archive_made_anew_goes_on_counting_from_the_version_in_force() {
    PolicyArchive archive = PolicyArchive.of(Map.of(3, first, 7, second), 7).replacedBy(third);

    assertEquals(8, archive.currentVersion());
    assertSame(third, archive.current());
    assertEquals(Optional.of(second), archive.version(7));
    assertEquals(Optional.of(first), archive.version(3));
    assertEquals(Optional.empty(), archive.keeping(Set.of(3)).version(7));
  }

  @Test
  void what_becomes_of_the_versions_handed_in_does_not_matter() {
    Map<Integer, CompiledPolicies> versions = new TreeMap<>(Comparator.reverseOrder());
    versions.put(0, first);
    versions.put(1, second);
    PolicyArchive archive = PolicyArchive.of(versions, 1);
    versions.clear();

    assertEquals(1, archive.currentVersion());
    assertSame(second, archive.current());
    assertEquals(Optional.of(first), archive.version(0));
  }

  @Test
  void the_version_in_force_is_the_highest_of_those_that_are_there() {
    assertEquals(
        "currentVersion: 1 is not among the versions", refused(Map.of(0, first, 2, second), 1));
    assertEquals("currentVersion: 0 is not among the versions", refused(Map.of(), 0));
    assertEquals(
        "currentVersion: 0 is not the highest, which is 2",
        refused(Map.of(0, first, 2, second), 0));
  }

  @Test
  void no_version_is_negative() {
    assertEquals("versions: -2 is negative", refused(Map.of(-2, first, -1, second, 0, third), 0));
    assertEquals("versions: -1 is negative", refused(Map.of(-1, first), -1));
  }

  private static String refused(Map<Integer, CompiledPolicies> versions, int currentVersion) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> PolicyArchive.of(versions, currentVersion))
            .getMessage());
  }
}
