package io.riskladder.core.device;

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

  static Change block(Block block) {
    return block instanceof Block.Domains some
        ? new Change(Effect.Type.BLOCK_DOMAINS, Optional.empty(), some.domains())
        : new Change(
            block instanceof Block.Internet ? Effect.Type.BLOCK_INTERNET : Effect.Type.UNBLOCK,
            Optional.empty(),
            List.of());
  }

  /** {@return that a label or compliance action comes or goes} */
  static Change named(Effect.Type type, String name) {
    return new Change(type, Optional.of(name), List.of());
  }
}
