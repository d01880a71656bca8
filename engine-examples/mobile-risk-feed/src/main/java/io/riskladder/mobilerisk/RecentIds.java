package io.riskladder.mobilerisk;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the last events, by which one is known that comes again. */
final class RecentIds {
  private final Map<String, Boolean> ids;

  RecentIds(int most) {
    this.ids =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  boolean contains(String id) {
    return ids.containsKey(id);
  }

  void add(String id) {
    ids.put(id, true);
  }
}
