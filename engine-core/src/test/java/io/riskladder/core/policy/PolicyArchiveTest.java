package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import java.util.Set;
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
}
