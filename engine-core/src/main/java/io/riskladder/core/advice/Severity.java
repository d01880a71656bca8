package io.riskladder.core.advice;

/** How much a {@link Finding} matters. */
public enum Severity {
  /** Somebody will be harmed, misled or not told. */
  WARNING,
  /** Nothing goes wrong, but something in the document does nothing. */
  HINT
}
