package io.riskladder.mobilerisk;

/** A version of the service's interface: how its events are written down. */
public enum FeedVersion {
  /** Camel case, classifications by their older names, platforms in every target. */
  V1,
  /** Snake case, device groups, severities with ADVISORY; what the stream speaks. */
  V2
}
