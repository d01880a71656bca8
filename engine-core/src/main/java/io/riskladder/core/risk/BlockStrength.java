package io.riskladder.core.risk;

/** How much of the network a response takes away, from nothing to all (rules, section 3). */
public enum BlockStrength {
  /** Nothing. */
  NONE,
  /** The blocked domains and all their subdomains. */
  DOMAINS,
  /** All traffic. */
  INTERNET
}
