package io.riskladder.core.policy;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedSet;
import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.risk.BlockStrength;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What blocks on the devices of a group, if anything does (rules, sections 2 and 3).
 *
 * @param enabled whether it is on
 * @param blockedDomains the domains that a domain block takes away, in normal form, without
 *     duplicates, sorted; unmodifiable
 */
public record OnDeviceThreatProtection(boolean enabled, List<String> blockedDomains) {
  private static final OnDeviceThreatProtection DISABLED =
      new OnDeviceThreatProtection(false, List.of());

  /**
   * Normalises the domains.
   *
   * @param enabled whether it is on
   * @param blockedDomains the domains that a domain block takes away, in normal form, without
   *     duplicates, sorted
   * @throws IllegalArgumentException if one is no domain, or there are more than {@link
   *     Limits#MAX_BLOCKED_DOMAINS}
   */
  public OnDeviceThreatProtection {
    blockedDomains = normalized(blockedDomains);
    Checks.atMost("blockedDomains", Limits.MAX_BLOCKED_DOMAINS, blockedDomains.size(), "domains");
  }

  /** {@return protection that is off, as where no group says anything} */
  public static OnDeviceThreatProtection disabled() {
    return DISABLED;
  }

  /**
   * {@return whether a block of this strength takes effect here}
   *
   * @param block the block that a response asks for
   */
  public boolean allows(BlockStrength block) {
    return switch (requireNonNull(block, "block")) {
      case NONE -> true;
      case DOMAINS -> enabled && !blockedDomains.isEmpty();
      case INTERNET -> enabled;
    };
  }

  private static List<String> normalized(Collection<String> domains) {
    List<String> names = new ArrayList<>();
    int i = 0;
    for (String domain : domains) {
      names.add(Domains.normalize(Paths.index("blockedDomains", i++), domain));
    }
    return ImmutableSortedSet.copyOf(names).asList();
  }
}
