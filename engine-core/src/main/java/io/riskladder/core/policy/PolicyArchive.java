package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policies in force, and the older ones that pinned threats still live under, by version
 * (rules, section 6, modes). The first version is 0; each change adds one.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class PolicyArchive {
  private final ImmutableSortedMap<Integer, CompiledPolicies> versions;
  private final int currentVersion;
  private final CompiledPolicies current;

  private PolicyArchive(ImmutableSortedMap<Integer, CompiledPolicies> versions) {
    this.versions = versions;
    this.currentVersion = versions.lastKey();
    this.current = requireNonNull(versions.get(currentVersion));
  }

  /**
   * {@return an archive of version 0 alone}
   *
   * @param policies the policies in force
   */
  public static PolicyArchive startingWith(CompiledPolicies policies) {
    return new PolicyArchive(ImmutableSortedMap.of(0, requireNonNull(policies, "policies")));
  }

  /**
   * {@return an archive of versions that were kept elsewhere, such as in a store; the next change
   * adds one to the version in force}
   *
   * @param versions the policies by version, each 0 or more; there may be gaps, as after {@link
   *     #keeping}
   * @param currentVersion the version in force: one of these, and the highest, for no threat can be
   *     pinned to what was never in force, and each number is given once
   * @throws IllegalArgumentException if a version is negative, or the one in force is not there or
   *     not the highest
   */
  public static PolicyArchive of(Map<Integer, CompiledPolicies> versions, int currentVersion) {
    ImmutableSortedMap<Integer, CompiledPolicies> kept =
        ImmutableSortedMap.copyOf(requireNonNull(versions, "versions"));
    if (!kept.containsKey(currentVersion)) {
      throw invalid("currentVersion", currentVersion + " is not among the versions");
    }
    if (kept.firstKey() < 0) {
      throw invalid("versions", kept.firstKey() + " is negative");
    }
    if (kept.lastKey() != currentVersion) {
      throw invalid(
          "currentVersion", currentVersion + " is not the highest, which is " + kept.lastKey());
    }
    return new PolicyArchive(kept);
  }

  /** {@return the version in force} */
  public int currentVersion() {
    return currentVersion;
  }

  /** {@return the policies in force} */
  public CompiledPolicies current() {
    return current;
  }

  /**
   * {@return the policies of a version, if they are still here}
   *
   * @param version 0 or more
   */
  public Optional<CompiledPolicies> version(int version) {
    return Optional.ofNullable(version == currentVersion ? current : versions.get(version));
  }

  /**
   * {@return this archive with a new version in force}
   *
   * @param policies the new policies
   */
  public PolicyArchive replacedBy(CompiledPolicies policies) {
    return new PolicyArchive(
        ImmutableSortedMap.<Integer, CompiledPolicies>naturalOrder()
            .putAll(versions)
            .put(currentVersion() + 1, requireNonNull(policies, "policies"))
            .buildOrThrow());
  }

  /**
   * {@return this archive without the older versions that nothing needs any more}
   *
   * @param needed the versions to keep besides the one in force
   */
  public PolicyArchive keeping(Set<Integer> needed) {
    requireNonNull(needed, "needed");
    ImmutableSortedMap.Builder<Integer, CompiledPolicies> kept = ImmutableSortedMap.naturalOrder();
    versions.forEach(
        (version, policies) -> {
          if (version == currentVersion() || needed.contains(version)) {
            kept.put(version, policies);
          }
        });
    return new PolicyArchive(kept.buildOrThrow());
  }
}
