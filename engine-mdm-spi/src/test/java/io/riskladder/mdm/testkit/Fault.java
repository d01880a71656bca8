package io.riskladder.mdm.testkit;

/** What goes wrong with a call. */
public enum Fault {
  /** Nothing. */
  NONE,
  /** It throws, and nothing was done. */
  THROWS,
  /** It is done, and then it throws: the answer is lost. */
  ANSWER_LOST,
  /** It asks to be tried again, as those do that have too much to do. */
  BUSY,
  /** It is refused for good. */
  REFUSED,
  /** Nothing is done and null comes back. */
  NULL,
  /** Nothing is done and no device has an answer. */
  NO_ANSWER
}
