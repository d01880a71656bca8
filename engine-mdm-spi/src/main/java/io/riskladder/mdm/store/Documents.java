package io.riskladder.mdm.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.mdm.document.DocumentFormat;
import io.riskladder.mdm.document.EffectDocuments;
import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.document.PolicyDocuments;
import io.riskladder.mdm.document.StateDocuments;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes rows of values, and values of rows. */
final class Documents {
  private static final Logger LOGGER = LoggerFactory.getLogger(Documents.class);

  /** What was within a host's limits when it was stored is not judged again. */
  private static final Limits ANY =
      Limits.builder()
          .groups(Integer.MAX_VALUE)
          .groupDepth(Integer.MAX_VALUE)
          .classifications(Integer.MAX_VALUE)
          .administrators(Integer.MAX_VALUE)
          .riskResponseObjects(Integer.MAX_VALUE)
          .threatsPerDevice(Integer.MAX_VALUE)
          .build();

  private Documents() {}

  static Rows.Policies write(StoredPolicies policies) {
    return new Rows.Policies(
        policies.version(),
        policies.mode().name(),
        policies.at(),
        PolicyDocuments.write(policies.policies(), DocumentFormat.JSON));
  }

  static StoredPolicies read(Rows.Policies row) {
    return new StoredPolicies(
        row.version(),
        PolicyDocuments.read(row.document().getBytes(UTF_8), DocumentFormat.JSON, ANY),
        PolicyChangeMode.valueOf(row.mode()),
        row.at());
  }

  static Optional<Rows.Device> device(DeviceCommit commit) {
    return commit
        .state()
        .map(
            state ->
                new Rows.Device(
                    commit.device(),
                    commit.revision(),
                    commit.policies(),
                    state.nextDue(),
                    StateDocuments.write(state)));
  }

  static StoredDevice read(Rows.Device row) {
    return new StoredDevice(state(row), row.revision(), row.policies());
  }

  static EnrolledDevice state(Rows.Device row) {
    return StateDocuments.read(row.document());
  }

  static Rows.Posting posting(Effect effect) {
    return new Rows.Posting(
        new LaneKey(
            Channel.of(effect.type()).orElseThrow(), effect.header().device().orElseThrow()),
        effect.at(),
        EffectDocuments.write(effect));
  }

  static Lane.Waiting read(Rows.Waiting row) {
    return new Lane.Waiting(row.number(), EffectDocuments.read(row.document()), row.posted());
  }

  static DeadLetter read(Rows.Letter row) {
    return new DeadLetter(
        row.number(),
        row.lane().channel(),
        EffectDocuments.read(row.document()),
        row.reason(),
        row.deadAt());
  }

  /**
   * {@return a device, unless its document cannot be read} One that a newer version of the library
   * wrote must not keep this one from all the others.
   */
  static Optional<StoredDevice> readIfPossible(Rows.Device row) {
    try {
      return Optional.of(read(row));
    } catch (InvalidDocumentException e) {
      LOGGER.error("Device {} is passed over: its state cannot be read", row.device(), e);
      return Optional.empty();
    }
  }
}
