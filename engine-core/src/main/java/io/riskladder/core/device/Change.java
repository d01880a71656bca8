package io.riskladder.core.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that is made to happen to a device as a whole: an effect that concerns no one threat.
 *
 * @param type what kind of effect it is
 * @param name the label or compliance action that comes or goes, if it is one
 * @param domains the domains that are blocked, if some are
 */
record Change(Effect.Type type, Optional<String> name, List<String> domains) {

  /** {@return what leads from one state to another, in the order of section 7} */
  static List<Change> between(DesiredState before, DesiredState after) {
    List<Change> changes = new ArrayList<>();
    Settlement.changes(
        before,
        after,
        new Settlement.Changes() {
          @Override
          public void block(Block block) {
            changes.add(new Change(typeOf(block), Optional.empty(), domainsOf(block)));
          }

          @Override
          public void named(Effect.Type type, String name) {
            changes.add(new Change(type, Optional.of(name), List.of()));
          }
        });
    return changes;
  }

  static Effect.Type typeOf(Block block) {
    return block instanceof Block.Domains
        ? Effect.Type.BLOCK_DOMAINS
        : block instanceof Block.Internet ? Effect.Type.BLOCK_INTERNET : Effect.Type.UNBLOCK;
  }

  static List<String> domainsOf(Block block) {
    return block instanceof Block.Domains some ? some.domains() : List.of();
  }
}
