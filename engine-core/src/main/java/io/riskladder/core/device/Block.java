package io.riskladder.core.device;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What is taken away from a device's network (rules, section 7). */
public sealed interface Block {
  /** Nothing is blocked. */
  Block NONE = new None();

  /** All traffic is blocked. */
  Block INTERNET = new Internet();

  /** Nothing. */
  record None() implements Block {}

  /**
   * Some domains and all their subdomains.
   *
   * @param domains the domains in normal form, sorted; unmodifiable
   */
  record Domains(List<String> domains) implements Block {
    /**
     * Copies what it is given.
     *
     * @param domains the domains in normal form, sorted
     */
    public Domains {
      domains = ImmutableList.copyOf(domains);
    }
  }

  /** All traffic. */
  record Internet() implements Block {}
}
