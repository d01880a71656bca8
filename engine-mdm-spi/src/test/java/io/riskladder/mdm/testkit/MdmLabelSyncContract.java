package io.riskladder.mdm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MdmLabelSync} has to keep to. Extend it, and say how one is made that knows
 * some devices without labels.
 */
public abstract class MdmLabelSyncContract {
  private static final Set<String> OURS = Set.of("Low", "Moderate", "High", "Secured");
  private static final int MOST_PAGES = 10_000;

  /** Not to be called but by those who extend it. */
  protected MdmLabelSyncContract() {}

  /**
   * {@return one that works, of an MDM that knows the devices}
   *
   * @param devices the ids of devices, which have no labels yet
   * @throws Exception if there is none, which fails the test
   */
  protected abstract MdmLabelSync newSync(Set<String> devices) throws Exception;

  private static LabelTarget target(String device, Map<Family, String> labels) {
    return new LabelTarget("contoso", device, labels, OURS, "key of " + device + labels);
  }

  private static Map<String, Set<String>> ours(MdmLabelSync sync) throws Exception {
    Map<String, Set<String>> all = new HashMap<>();
    Optional<String> next = Optional.empty();
    int pages = 0;
    do {
      LabelPage page = sync.read(next);
      page.labels()
          .forEach(
              (device, labels) -> {
                Set<String> ours = new HashSet<>(labels);
                ours.retainAll(OURS);
                all.put(device, ours);
              });
      assertTrue(++pages < MOST_PAGES, "there is no last page");
      assertNotEquals(next.isPresent() ? next : null, page.next(), "a page is its own next one");
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  private static void bring(MdmLabelSync sync, LabelTarget... targets) throws Exception {
    Map<String, Outcome> outcomes = sync.bring(List.of(targets));
    for (LabelTarget target : targets) {
      assertEquals(Outcome.done(), outcomes.get(target.device()), target.device());
    }
  }

  @Test
  final void a_device_has_the_labels_that_it_was_brought_to_last() throws Exception {
    MdmLabelSync sync = newSync(Set.of("d", "e"));
    bring(sync, target("d", Map.of(Family.RISK, "Low")));
    assertEquals(Set.of("Low"), ours(sync).get("d"));
    bring(sync, target("d", Map.of(Family.RISK, "High")));
    assertEquals(Set.of("High"), ours(sync).get("d"));
    bring(sync, target("d", Map.of()));
    assertEquals(Set.of(), ours(sync).getOrDefault("d", Set.of()));
    assertEquals(Set.of(), ours(sync).getOrDefault("e", Set.of()));
  }

  @Test
  final void what_is_there_already_and_what_is_not_there_count_as_done() throws Exception {
    MdmLabelSync sync = newSync(Set.of("d"));
    LabelTarget high = target("d", Map.of(Family.RISK, "High"));
    bring(sync, high);
    bring(sync, high);
    assertEquals(Set.of("High"), ours(sync).get("d"));
    LabelTarget none = target("d", Map.of());
    bring(sync, none);
    bring(sync, none);
    assertEquals(Set.of(), ours(sync).getOrDefault("d", Set.of()));
  }

  @Test
  final void many_devices_are_brought_in_one_call_each_to_its_own_labels() throws Exception {
    Set<String> devices = new HashSet<>();
    List<LabelTarget> targets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      devices.add("d" + i);
      targets.add(
          target(
              "d" + i, i % 3 == 0 ? Map.of() : Map.of(Family.RISK, i % 3 == 1 ? "Low" : "High")));
    }
    MdmLabelSync sync = newSync(devices);
    bring(sync, targets.toArray(new LabelTarget[0]));
    Map<String, Set<String>> actual = ours(sync);
    for (LabelTarget target : targets) {
      assertEquals(target.wanted(), actual.getOrDefault(target.device(), Set.of()));
    }
  }

  @Test
  final void a_device_is_read_with_all_of_its_labels_at_once_and_also_without_any()
      throws Exception {
    MdmLabelSync sync = newSync(Set.of("d", "e"));
    bring(sync, target("d", Map.of(Family.RISK, "Low", Family.SECURITY, "Secured")));
    Set<String> seen = new HashSet<>();
    Optional<String> next = Optional.empty();
    for (int pages = 0; pages == 0 || next.isPresent(); pages++) {
      assertTrue(pages < MOST_PAGES, "there is no last page");
      LabelPage page = sync.read(next);
      page.labels()
          .forEach(
              (device, labels) -> {
                seen.add(device);
                Set<String> ours = new HashSet<>(labels);
                ours.retainAll(OURS);
                assertEquals(device.equals("d") ? Set.of("Low", "Secured") : Set.of(), ours);
              });
      next = page.next();
    }
    assertTrue(seen.containsAll(Set.of("d", "e")), "not all devices were read");
  }
}
