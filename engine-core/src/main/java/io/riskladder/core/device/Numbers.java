package io.riskladder.core.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Numbers, from 0 up, for names of which there are few. */
final class Numbers {
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  int size() {
    return names.size();
  }

  /** {@return the number of a name, which gets one if it has none} */
  int of(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    int number = names.size();
    names.add(name);
    numbers.put(name, number);
    return number;
  }

  String name(int number) {
    return names.get(number);
  }

  /** {@return which names pass a test, by number} */
  boolean[] matching(Predicate<String> test) {
    boolean[] matching = new boolean[names.size()];
    for (int i = 0; i < matching.length; i++) {
      matching[i] = test.test(names.get(i));
    }
    return matching;
  }
}
