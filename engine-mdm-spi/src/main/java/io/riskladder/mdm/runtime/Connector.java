package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host implements for a channel, behind one method: everything that is called of it is
 * called from here, and whatever it does, an outcome comes of it.
 */
final class Connector {
  private static final int MOST_REASON = 200;

  /** Makes the calls of a channel: of levels for several devices at once, else one by one. */
  private interface Calls {
    /** {@return what came of each delivery, by device, as the host says} */
    @Nullable Map<String, Outcome> make(List<Job> jobs) throws Exception;
  }

  /**
   * Something to deliver to a device.
   *
   * @param tenant the tenant's id
   * @param device the device's id
   * @param effect the effect; absent on channels of levels
   * @param attempt the number of the try
   * @param labels what the device's labels are to be, on the channel of labels
   * @param block what is to be blocked, on the channel of protection
   */
  record Job(
      String tenant,
      String device,
      @Nullable Effect effect,
      int attempt,
      @Nullable LabelTarget labels,
      @Nullable BlockTarget block) {}

  private final Channel channel;
  private final String name;
  private final Calls calls;

  private Connector(Channel channel, Object host, Calls calls) {
    this.channel = channel;
    this.name = host.getClass().getName();
    this.calls = calls;
  }

  static Connector notifications(DeviceNotifier notifier) {
    return new Connector(
        Channel.NOTIFICATIONS,
        notifier,
        one(job -> notifier.notifyDevice(delivery(job, Effect.NotifyDevice.class))));
  }

  static Connector mail(AdministratorMailer mailer) {
    return new Connector(
        Channel.MAIL,
        mailer,
        one(job -> mailer.send(delivery(job, Effect.EmailAdministrators.class))));
  }

  static Connector issues(IssueLog log) {
    return new Connector(Channel.ISSUES, log, one(job -> log.record(delivery(job, Effect.class))));
  }

  static Connector protection(ThreatProtectionControl control) {
    return new Connector(
        Channel.PROTECTION, control, one(job -> control.apply(requireNonNull(job.block))));
  }

  static Connector labels(MdmLabelSync sync) {
    return new Connector(
        Channel.LABELS,
        sync,
        jobs -> {
          ImmutableMap.Builder<String, LabelTarget> targets = ImmutableMap.builder();
          for (Job job : jobs) {
            targets.put(job.device, requireNonNull(job.labels));
          }
          return sync.bring(targets.buildOrThrow().values().asList());
        });
  }

  /** A call for one device. */
  private interface OneCall {
    @Nullable Outcome make(Job job) throws Exception;
  }

  private static Calls one(OneCall call) {
    return jobs -> {
      Job job = jobs.get(0);
      Outcome outcome = call.make(job);
      return outcome == null ? null : Map.of(job.device, outcome);
    };
  }

  private static <E extends Effect> Delivery<E> delivery(Job job, Class<E> type) {
    return new Delivery<>(job.tenant, type.cast(requireNonNull(job.effect)), job.attempt);
  }

  Channel channel() {
    return channel;
  }

  /** {@return the class that the host implements it with} */
  String name() {
    return name;
  }

  /**
   * Makes a call.
   *
   * @param jobs what to deliver, each to another device; one on channels that are not of labels
   * @return what came of each, by device: an outcome for every one
   */
  Map<String, Outcome> call(List<Job> jobs) {
    Map<String, Outcome> outcomes;
    try {
      outcomes = calls.make(jobs);
    } catch (Throwable e) { // whatever a host's code throws is a retry
      if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
        throw error;
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return all(jobs, Outcome.retryLater(reason(e)));
    }
    if (outcomes == null) {
      return all(jobs, Outcome.retryLater("gave null"));
    }
    ImmutableMap.Builder<String, Outcome> complete = ImmutableMap.builder();
    for (Job job : jobs) {
      Outcome outcome = outcomes.get(job.device);
      complete.put(
          job.device, outcome != null ? outcome : Outcome.retryLater("gave no answer for it"));
    }
    return complete.buildOrThrow();
  }

  private static Map<String, Outcome> all(List<Job> jobs, Outcome outcome) {
    ImmutableMap.Builder<String, Outcome> all = ImmutableMap.builder();
    jobs.forEach(job -> all.put(job.device, outcome));
    return all.buildOrThrow();
  }

  /** Only the kind of what was thrown: its message may hold what is nobody's business. */
  private static String reason(Throwable thrown) {
    String text = "threw " + thrown.getClass().getName();
    return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON);
  }
}
