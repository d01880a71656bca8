package io.riskladder.core.mdm;

/** What a device runs. */
public enum Platform {
  /** An Android phone or tablet. */
  ANDROID("Android"),
  /** An iPhone or iPad. */
  IOS("iOS");

  private final String displayName;

  Platform(String displayName) {
    this.displayName = displayName;
  }

  /** {@return its name for people} */
  public String displayName() {
    return displayName;
  }
}
