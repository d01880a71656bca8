package io.riskladder.core.risk;

/** What the device does about a threat (rules, section 3). */
public enum Response {
  /** Nothing. */
  DONT_ALERT(false, BlockStrength.NONE, false),
  /** Tells its user. */
  ALERT_DEVICE(true, BlockStrength.NONE, false),
  /** Blocks the company's domains and tells its user. */
  BLOCK_DOMAINS_AND_ALERT(true, BlockStrength.DOMAINS, false),
  /** Blocks all traffic and tells its user. */
  BLOCK_INTERNET_AND_ALERT(true, BlockStrength.INTERNET, false),
  /** Web content only: warns its user, who may proceed. */
  WARN_AND_ALERT_DEVICE(true, BlockStrength.NONE, true),
  /** Web content only: blocks that page and tells its user. */
  BLOCK_AND_ALERT_DEVICE(true, BlockStrength.NONE, true);

  private final boolean alerts;
  private final BlockStrength block;
  private final boolean webContentOnly;

  Response(boolean alerts, BlockStrength block, boolean webContentOnly) {
    this.alerts = alerts;
    this.block = block;
    this.webContentOnly = webContentOnly;
  }

  /** {@return whether the device's user is told} */
  public boolean alerts() {
    return alerts;
  }

  /** {@return what it takes away from the network while the threat lasts; a single page is none} */
  public BlockStrength block() {
    return block;
  }

  /** {@return whether it is for web content and nothing else} */
  public boolean isWebContentOnly() {
    return webContentOnly;
  }
}
