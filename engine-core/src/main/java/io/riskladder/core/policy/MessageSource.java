package io.riskladder.core.policy;

/**
 * Where the message of a rung was written (rules, section 5): a group's own policy has it on one of
 * its rungs, which need not be the rung that it is used on.
 *
 * @param group the id of the group
 * @param rung the place of the rung in that group's policy, from 0
 */
public record MessageSource(String group, int rung) {}
