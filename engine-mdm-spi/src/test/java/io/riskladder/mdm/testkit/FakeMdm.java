package io.riskladder.mdm.testkit;

import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * An MDM with labels, in memory, that misbehaves when it is told to. It knows every device that
 * labels were brought to or set of. Safe for use by several threads.
 */
public final class FakeMdm implements MdmLabelSync {
  private static final int PAGE = 3;

  private final TreeMap<String, Set<String>> labels = new TreeMap<>();
  private final Faults faults = new Faults();
  private int writes;

  /** Makes an MDM that behaves. */
  public FakeMdm() {}

  /**
   * Has calls go wrong from here on.
   *
   * @param next says what goes wrong with each call
   * @return this
   */
  public FakeMdm misbehaving(Supplier<Fault> next) {
    faults.set(next);
    return this;
  }

  @Override
  public Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception {
    return faults.call(
        () -> {
          Map<String, Outcome> outcomes = new HashMap<>();
          for (LabelTarget target : targets) {
            bring(target);
            outcomes.put(target.device(), Outcome.done());
          }
          return outcomes;
        },
        outcome -> {
          Map<String, Outcome> outcomes = new HashMap<>();
          if (outcome != null) {
            targets.forEach(target -> outcomes.put(target.device(), outcome));
          }
          return outcomes;
        });
  }

  private synchronized void bring(LabelTarget target) {
    Set<String> has = labels.computeIfAbsent(target.device(), device -> new TreeSet<>());
    writes += has.removeAll(target.unwanted()) ? 1 : 0;
    writes += has.addAll(target.wanted()) ? 1 : 0;
  }

  @Override
  public synchronized LabelPage read(Optional<String> page) {
    Map<String, Set<String>> some = new HashMap<>();
    String last = null;
    for (Map.Entry<String, Set<String>> entry :
        page.map(after -> labels.tailMap(after, false)).orElse(labels).entrySet()) {
      if (some.size() == PAGE) {
        return new LabelPage(some, Optional.ofNullable(last));
      }
      last = entry.getKey();
      some.put(last, Set.copyOf(entry.getValue()));
    }
    return new LabelPage(some, Optional.empty());
  }

  /**
   * {@return the labels of a device, sorted}
   *
   * @param device the device's id
   */
  public synchronized Set<String> labels(String device) {
    return new TreeSet<>(labels.getOrDefault(device, Set.of()));
  }

  /**
   * Sets the labels of a device by hand, past the engine.
   *
   * @param device the device's id
   * @param names the names of all its labels
   */
  public synchronized void edit(String device, Set<String> names) {
    labels.put(device, new TreeSet<>(names));
  }

  /** {@return how often a device's labels were changed through the engine} */
  public synchronized int writes() {
    return writes;
  }
}
