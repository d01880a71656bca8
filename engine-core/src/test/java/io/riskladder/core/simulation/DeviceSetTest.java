package io.riskladder.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeviceSetTest {
  private static DeviceSet of(String... ids) {
    return DeviceSet.of(List.of(ids));
  }

  @Test
  void ids_are_in_order_of_utf_16_code_unit() {
    assertEquals(List.of("B", "a", "b", "ä"), of("ä", "b", "a", "B").ids());
  }

  @Test
  void counts_what_it_holds() {
    assertEquals(2, of("a", "b").size());
    assertFalse(of("a").isEmpty());
    assertEquals(0, of().size());
    assertTrue(of().isEmpty());
    assertEquals(List.of(), of().ids());
  }

  @Test
  void sets_that_have_nothing_in_common_are_joined() {
    DeviceSet all = DeviceSet.ofAll(List.of(of("c", "a"), of(), of("b")));
    assertEquals(3, all.size());
    assertEquals(List.of("a", "b", "c"), all.ids());
    assertTrue(DeviceSet.ofAll(List.of()).isEmpty());
  }

  @Test
  void is_equal_to_a_set_of_the_same_devices() {
    DeviceSet set = of("a", "b");
    assertEquals(set, of("b", "a"));
    assertEquals(set.hashCode(), of("b", "a").hashCode());
    assertEquals(set, DeviceSet.ofAll(List.of(of("b"), of("a"))));
    assertNotEquals(set, of("a", "c"));
    assertNotEquals(set, of("a"));
    assertNotEquals(set, List.of("a", "b"));
  }

  @Test
  void says_how_many_there_are_and_not_which() {
    assertEquals("2 devices", of("a", "b").toString());
    assertEquals("1 device", of("a").toString());
    assertEquals("0 devices", of().toString());
  }

  @Test
  void the_list_of_ids_cannot_be_changed() {
    assertThrows(UnsupportedOperationException.class, () -> of("a").ids().clear());
  }
}
