package io.riskladder.mdm.runtime;

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

  /** Something to deliver to a device. */
  sealed interface Job {
    /** {@return the device's id} */
    String device();
  }

  /** An effect, on a channel that delivers each. */
  record Post(String tenant, Effect effect, int attempt) implements Job {
    @Override
    public String device() {
      return effect.header().device().orElseThrow();
    }

    private <E extends Effect> Delivery<E> of(Class<E> type) {
      return new Delivery<>(tenant, type.cast(effect), attempt);
    }
  }

  /** What a device's labels are to be. */
  record Labels(LabelTarget target) implements Job {
    @Override
    public String device() {
      return target.device();
    }
  }

  /** What a device is to block. */
  record Protection(BlockTarget target) implements Job {
    @Override
    public String device() {
      return target.device();
    }
  }

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
        one(Post.class, post -> notifier.notifyDevice(post.of(Effect.NotifyDevice.class))));
  }

  static Connector mail(AdministratorMailer mailer) {
    return new Connector(
        Channel.MAIL,
        mailer,
        one(Post.class, post -> mailer.send(post.of(Effect.EmailAdministrators.class))));
  }

  static Connector issues(IssueLog log) {
    return new Connector(
        Channel.ISSUES, log, one(Post.class, post -> log.record(post.of(Effect.class))));
  }

  static Connector protection(ThreatProtectionControl control) {
    return new Connector(
        Channel.PROTECTION, control, one(Protection.class, job -> control.apply(job.target)));
  }

  static Connector labels(MdmLabelSync sync) {
    return new Connector(
        Channel.LABELS,
        sync,
        jobs -> sync.bring(jobs.stream().map(job -> ((Labels) job).target).toList()));
  }

  /** A call for one device. */
  private interface OneCall<J extends Job> {
    @Nullable Outcome make(J job) throws Exception;
  }

  private static <J extends Job> Calls one(Class<J> type, OneCall<J> call) {
    return jobs -> {
      J job = type.cast(jobs.get(0));
      Outcome outcome = call.make(job);
      return outcome == null ? null : Map.of(job.device(), outcome);
    };
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
      Outcome outcome = outcomes.get(job.device());
      complete.put(
          job.device(), outcome != null ? outcome : Outcome.retryLater("gave no answer for it"));
    }
    return complete.buildOrThrow();
  }

  private static Map<String, Outcome> all(List<Job> jobs, Outcome outcome) {
    ImmutableMap.Builder<String, Outcome> all = ImmutableMap.builder();
    jobs.forEach(job -> all.put(job.device(), outcome));
    return all.buildOrThrow();
  }

  /** Only the kind of what was thrown: its message may hold what is nobody's business. */
  private static String reason(Throwable thrown) {
    String text = "threw " + thrown.getClass().getName();
    return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON);
  }
}
