package io.riskladder.mdm.runtime;

/**
 * The engine is closed. Nobody knows whether the event was taken: hand it in again, to this
 * engine's successor or another one, with the same id.
 */
public final class EngineClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineClosedException() {
    super("engine is closed");
  }
}
