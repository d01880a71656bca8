package io.riskladder.core.simulation;

import io.riskladder.core.risk.RiskLevel;
import java.util.Locale;

/**
 * The colours of a picture, each for light and for dark. Texts are ink or muted, on paper or on
 * {@link #BLOCKED}, and nothing else; both have a contrast of 4.5 to 1 or better there. What a
 * colour says is always also written.
 */
enum PictureTone {
  PAPER("#ffffff", "#14181d"),
  INK("#1c2128", "#e8edf2"),
  MUTED("#57606a", "#a3adb8"),
  LINE("#d8dee4", "#343b44"),
  BLOCKED("#fdeeec", "#3a2022"),
  NONE("#eef1f4", "#23292f"),
  NONE_EDGE("#8b949e", "#8b949e"),
  ADVISORY("#e1edfb", "#172c44"),
  ADVISORY_EDGE("#2f6fbf", "#6aa6ea"),
  LOW("#fbf1cd", "#363012"),
  LOW_EDGE("#a98200", "#d3ad36"),
  MEDIUM("#fde6d2", "#402a16"),
  MEDIUM_EDGE("#cf6a0c", "#ee9548"),
  HIGH("#fadcda", "#4a2022"),
  HIGH_EDGE("#c62f2f", "#f0706a");

  private final String light;
  private final String dark;

  PictureTone(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  String light() {
    return light;
  }

  String dark() {
    return dark;
  }

  /** {@return what a step of a level is filled with} */
  static PictureTone of(RiskLevel level) {
    return valueOf(level.name());
  }

  /** {@return what a step of a level is edged with} */
  static PictureTone edgeOf(RiskLevel level) {
    return valueOf(level.name() + "_EDGE");
  }

  String fillClass() {
    return "rl-" + cssName();
  }

  String strokeClass() {
    return fillClass() + "-line";
  }

  private String cssName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return the style sheet; readers that know no custom properties take the light colours} */
  static String css() {
    StringBuilder lights = new StringBuilder();
    StringBuilder darks = new StringBuilder();
    StringBuilder classes = new StringBuilder();
    for (PictureTone tone : values()) {
      String property = "--rl-" + tone.cssName();
      lights.append(property).append(':').append(tone.light).append(';');
      darks.append(property).append(':').append(tone.dark).append(';');
      classes
          .append(rule(tone.fillClass(), "", "fill", tone.light, property))
          .append(rule(tone.strokeClass(), "fill:none;", "stroke", tone.light, property));
    }
    return ".rl-picture{color-scheme:light dark;font-family:system-ui,sans-serif;"
        + lights
        + "}\n@media (prefers-color-scheme: dark){.rl-picture{"
        + darks
        + "}}\n"
        + classes;
  }

  private static String rule(
      String selector, String before, String what, String colour, String property) {
    String declared = what + ":" + colour + ";" + what + ":var(" + property + ")";
    return "." + selector + "{" + before + declared + "}\n";
  }
}
