package io.riskladder.core.device;

/** What a change of the policies does to the threats that are open (rules, section 6, modes). */
public enum PolicyChangeMode {
  /** Every threat is placed on its new ladder by its level; a change never escalates by itself. */
  CONTINUE,
  /** Every threat keeps the policy that it has until it ends or its device moves. */
  PIN,
  /** Every threat starts anew on the base of its new ladder. */
  RESTART
}
