package io.riskladder.benchmarks.contestants.desk;

import io.riskladder.benchmarks.workload.Step;
import java.util.List;

/** A threat and the rung that it is on. */
public class DeskThreat {
  private final DeskDevice device;
  private final String id;
  private final String classification;
  private final List<Step> ladder;
  private int rung;
  private long entered;
  private boolean issue;

  /**
   * Takes a threat that is on no rung yet.
   *
   * @param device its device
   * @param id its id
   * @param classification its classification's id
   * @param ladder its ladder
   */
  public DeskThreat(DeskDevice device, String id, String classification, List<Step> ladder) {
    this.device = device;
    this.id = id;
    this.classification = classification;
    this.ladder = ladder;
  }

  /** {@return its device} */
  public DeskDevice device() {
    return device;
  }

  /** {@return its device's id} */
  public String getDeviceId() {
    return device.id();
  }

  /** {@return its id} */
  public String getId() {
    return id;
  }

  /** {@return its classification's id} */
  public String getClassification() {
    return classification;
  }

  /** {@return whether there is a rung above} */
  public boolean isWaiting() {
    return rung + 1 < ladder.size();
  }

  /** {@return the number of the rung that it is on} */
  public int rung() {
    return rung;
  }

  /** {@return when the next rung is due, in seconds since 1970; only while waiting} */
  public long due() {
    return entered + ladder.get(rung + 1).waitSeconds();
  }

  Step step() {
    return ladder.get(rung);
  }

  boolean issue() {
    return issue;
  }

  void enter(int newRung, long now) {
    rung = newRung;
    entered = now;
  }

  void openIssue() {
    issue = true;
  }
}
