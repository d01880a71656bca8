package io.riskladder.core.simulation;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Message;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.immutables.value.Value;

/** One rung of a {@link Timeline}: what happens when it is entered, and holds until the next. */
@Value.Immutable
@EngineValue
public abstract sealed class Stage permits ImmutableStage {
  Stage() {}

  /** {@return the rung's place; 0 is the base} */
  public abstract int rung();

  /** {@return when it is entered} */
  public abstract Instant at();

  /** {@return when the next one is; absent for the last} */
  public abstract Optional<Instant> until();

  /** {@return the threat's risk level on it} */
  public abstract RiskLevel riskLevel();

  /** {@return what the device is to do on it} */
  public abstract Response response();

  /** {@return what the user is told on entering it; absent if nothing} */
  public abstract Optional<Message> message();

  /** {@return the effects of entering it that are the same on all platforms, in order} */
  public abstract List<Effect> effects();

  /** {@return what is blocked on the device} */
  public abstract Block block();

  /** {@return the device's labels, in the order connectivity, security, risk} */
  public abstract List<String> labels();

  /** {@return the names of the compliance actions in force on each platform, sorted} */
  public abstract Map<Platform, SortedSet<String>> complianceActions();

  /** {@return the names of those that start with it on each platform, sorted} */
  public abstract Map<Platform, SortedSet<String>> actionsStarted();

  /** {@return the names of those that cease with it on each platform, sorted} */
  public abstract Map<Platform, SortedSet<String>> actionsCeased();

  /** {@return whether the response asks for a block that the group's protection does not allow} */
  public final boolean blockFallsAway() {
    return response().block() != BlockStrength.NONE && block() instanceof Block.None;
  }

  /** {@return who gets mail on entering it, sorted; empty if nobody} */
  public final List<String> mailed() {
    return effects().stream()
        .filter(Effect.EmailAdministrators.class::isInstance)
        .flatMap(effect -> ((Effect.EmailAdministrators) effect).recipients().stream())
        .toList();
  }

  /** {@return the labels that the device gets on entering it, in order} */
  public final List<String> labelsAdded() {
    return effects().stream()
        .filter(Effect.AddLabel.class::isInstance)
        .map(effect -> ((Effect.AddLabel) effect).label())
        .toList();
  }

  /** {@return the labels that the device loses on entering it, in order} */
  public final List<String> labelsRemoved() {
    return effects().stream()
        .filter(Effect.RemoveLabel.class::isInstance)
        .map(effect -> ((Effect.RemoveLabel) effect).label())
        .toList();
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableStage.Builder {
    Builder() {}
  }
}
