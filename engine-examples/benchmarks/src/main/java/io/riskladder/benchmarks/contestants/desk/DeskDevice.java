package io.riskladder.benchmarks.contestants.desk;

import java.util.ArrayList;
import java.util.List;

/** A device and its open threats. */
public final class DeskDevice {
  private final String id;
  private final String group;
  private final List<DeskThreat> threats = new ArrayList<>(2);
  private int risk;
  private boolean blocked;

  DeskDevice(String id, String group) {
    this.id = id;
    this.group = group;
  }

  /** {@return its id} */
  public String id() {
    return id;
  }

  /** {@return the id of its group} */
  public String group() {
    return group;
  }

  List<DeskThreat> threats() {
    return threats;
  }

  int risk() {
    return risk;
  }

  boolean blocked() {
    return blocked;
  }

  void become(int newRisk, boolean nowBlocked) {
    risk = newRisk;
    blocked = nowBlocked;
  }
}
