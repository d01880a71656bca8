package io.riskladder.core.device;

import java.util.Optional;

/**
 * The policy that an effect on a threat goes back to (rules, section 8).
 *
 * @param rung the rung that the threat is on
 * @param policyGroup the id of the group whose policy decides; absent for the classification's
 *     default
 * @param policyVersion the version of the policies that decide; a pinned threat's own
 */
public record PolicyBasis(int rung, Optional<String> policyGroup, int policyVersion) {}
