package io.riskladder.mdm.runtime;

import io.riskladder.core.device.DesiredState;
import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.StoredDevice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compares the labels that devices have in the MDM with those that they are to have, page by page.
 * What differs is delivered once more by the courier, which is the only one that writes labels, so
 * that nothing old ever overtakes something new. A pass that finds nothing writes nothing.
 */
final class Reconciler {

  /** What became of a page. */
  enum Page {
    /** It is being read. */
    ASKED,
    /** There are more pages. */
    MORE,
    /** It was the last page. */
    LAST,
    /** There have been as many calls as may be; see {@link Reconciler#freeAt}. */
    WAIT
  }

  private final Tenancy tenancy;
  private final MdmLabelSync sync;
  private final Question<LabelPage> pages;
  private final Limiter budget;
  private final Supplier<Set<String>> labelNames;
  private Optional<String> wanted = Optional.empty();
  private Instant freeAt = Instant.MIN;

  Reconciler(
      Tenancy tenancy,
      MdmLabelSync sync,
      Question<LabelPage> pages,
      RateLimit budget,
      Supplier<Set<String>> labelNames) {
    this.tenancy = tenancy;
    this.sync = sync;
    this.pages = pages;
    this.budget = new Limiter(budget, null);
    this.labelNames = labelNames;
  }

  /** {@return when the next page may be read, after {@link Page#WAIT}} */
  Instant freeAt() {
    return freeAt;
  }

  /**
   * Reads and compares the next page.
   *
   * @throws Exception if it cannot be read; the pass is then begun anew
   */
  Page run(Instant now) throws Exception {
    Optional<String> asked = wanted;
    if (!pages.isAsked()) {
      Optional<Instant> free = budget.take(List.of(), now);
      if (free.isPresent()) {
        freeAt = free.get();
        return Page.WAIT;
      }
      pages.ask(() -> sync.read(asked), now);
    }
    wanted = Optional.empty(); // should this throw
    Optional<LabelPage> page = pages.take(now);
    if (page.isEmpty()) {
      wanted = asked;
      return Page.ASKED;
    }
    compare(page.get().labels(), now);
    Optional<String> next = page.get().next();
    if (next.isPresent() && next.equals(asked)) {
      throw new IllegalStateException("gave the page that it was asked for as the next one");
    }
    wanted = next;
    return next.isPresent() ? Page.MORE : Page.LAST;
  }

  private void compare(Map<String, Set<String>> actual, Instant now) {
    Set<String> ours = labelNames.get();
    Map<String, StoredDevice> known = tenancy.store().load(tenancy.id(), actual.keySet());
    List<String> drifted = new ArrayList<>();
    for (StoredDevice device : known.values()) {
      String id = device.state().id();
      DesiredState desired = device.state().desired();
      Set<String> has = new HashSet<>(actual.getOrDefault(id, Set.of()));
      has.retainAll(ours);
      Map<Family, String> labels = desired.labels();
      if (!has.equals(Set.copyOf(labels.values()))) {
        drifted.add(id);
        tenancy.drifted(new LabelTarget(tenancy.id(), id, labels, ours, "drift"));
      }
    }
    if (!drifted.isEmpty()) {
      tenancy.store().deliverAgain(tenancy.id(), Channel.LABELS, drifted, now);
    }
  }
}
