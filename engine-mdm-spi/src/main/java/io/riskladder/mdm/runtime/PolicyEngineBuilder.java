package io.riskladder.mdm.runtime;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Lists;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.riskladder.core.Limits;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.internal.Checks;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles a {@link PolicyEngine}. What is not set has a default that works; a channel without a
 * connector delivers nothing, which is logged at the start. Not safe for use by several threads.
 */
public final class PolicyEngineBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyEngineBuilder.class);
  private static final int WORKERS = 4;

  final PolicySource policies;
  final Map<Channel, Connector> connectors = new EnumMap<>(Channel.class);
  String tenant = "default";
  DeviceStore store = new InMemoryDeviceStore();
  final List<EngineListener> listeners = new ArrayList<>();
  InstantSource clock = InstantSource.system();
  PolicyChangeMode policyChangeMode = PolicyChangeMode.CONTINUE;
  Limits limits = Limits.defaults();
  int batch = 500;
  int room = 10_000;
  int callsAtOnce = 4;
  Duration callTimeout = Duration.ofSeconds(30);
  Duration lease = Duration.ofMinutes(5);
  Duration poll = Duration.ofSeconds(1);
  Duration keepAnswers = Duration.ofDays(10);
  Duration closeTimeout = Duration.ofSeconds(10);
  Duration reconcileEvery = Duration.ofHours(1);

  private final Map<Channel, RateLimit> rates = new EnumMap<>(Channel.class);
  private final Map<Channel, RateLimit> recipientRates = new EnumMap<>(Channel.class);
  private Duration tooOld = Duration.ofDays(7);
  private RetryPolicy retries = RetryPolicy.defaults();
  private int bulk = 100;
  private boolean storeSet;
  private boolean fromServices;
  private @Nullable EngineThreads threads;
  private @Nullable MdmLabelSync labelSync;
  private @Nullable RateLimit reconcileBudget;
  private @Nullable SplittableRandom chance;

  PolicyEngineBuilder(PolicySource policies) {
    this.policies = policies;
  }

  /**
   * Sets the tenant's id; "default" unless set.
   *
   * @param id 1 to 200 characters
   * @return this builder
   * @throws IllegalArgumentException if it is no id
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder tenant(String id) {
    tenant = Checks.id("tenant", requireNonNull(id, "id"));
    return this;
  }

  /**
   * Sets where everything is kept; in memory unless set, which a warning says.
   *
   * @param value the store, which the host closes after its engines
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder store(DeviceStore value) {
    store = requireNonNull(value, "store");
    storeSet = true;
    return this;
  }

  /**
   * Sets who syncs labels.
   *
   * @param sync the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder labelSync(MdmLabelSync sync) {
    labelSync = requireNonNull(sync, "sync");
    connectors.put(Channel.LABELS, Connector.labels(sync));
    return this;
  }

  /**
   * Sets who tells users.
   *
   * @param notifier the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder deviceNotifier(DeviceNotifier notifier) {
    connectors.put(
        Channel.NOTIFICATIONS, Connector.notifications(requireNonNull(notifier, "notifier")));
    return this;
  }

  /**
   * Sets who sends mail.
   *
   * @param mailer the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder administratorMailer(AdministratorMailer mailer) {
    connectors.put(Channel.MAIL, Connector.mail(requireNonNull(mailer, "mailer")));
    return this;
  }

  /**
   * Sets who keeps issues.
   *
   * @param log the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder issueLog(IssueLog log) {
    connectors.put(Channel.ISSUES, Connector.issues(requireNonNull(log, "log")));
    return this;
  }

  /**
   * Sets who blocks and unblocks.
   *
   * @param control the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder threatProtection(ThreatProtectionControl control) {
    connectors.put(Channel.PROTECTION, Connector.protection(requireNonNull(control, "control")));
    return this;
  }

  /**
   * Adds somebody who hears what the engine does, behind those that were added before. What one of
   * them throws keeps none from hearing.
   *
   * @param listener the host's
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder listener(EngineListener listener) {
    listeners.add(requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Has {@link #build} look for connectors that are not set by hand, and for listeners besides
   * those that are, with {@link ServiceLoader} and the thread's context class loader. Each engine
   * gets providers of its own; the log says at the start which they are.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder fromServices() {
    fromServices = true;
    return this;
  }

  /**
   * Sets what time it is; the system's unless set.
   *
   * @param source asked on engine threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder clock(InstantSource source) {
    clock = requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets the threads to work on; four workers of its own unless set.
   *
   * @param shared threads that the host closes after its engines
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder threads(EngineThreads shared) {
    threads = requireNonNull(shared, "shared");
    return this;
  }

  /**
   * Sets what becomes of open threats when the policy source has other policies; {@link
   * PolicyChangeMode#CONTINUE} unless set.
   *
   * @param mode what becomes of them
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder policyChangeMode(PolicyChangeMode mode) {
    policyChangeMode = requireNonNull(mode, "mode");
    return this;
  }

  /**
   * Sets the bounds of policies and devices.
   *
   * @param value the limits
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder limits(Limits value) {
    limits = requireNonNull(value, "limits");
    return this;
  }

  /**
   * Sets how many devices and events are kept in one transaction; 500 unless set.
   *
   * @param most 1 or more
   * @return this builder
   * @throws IllegalArgumentException if it is less
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder batch(int most) {
    batch = positive("batch", most);
    return this;
  }

  /**
   * Sets how many events may wait for their decision; 10 000 unless set.
   *
   * @param most 1 or more
   * @return this builder
   * @throws IllegalArgumentException if it is less
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder waitingEvents(int most) {
    room = positive("waitingEvents", most);
    return this;
  }

  /**
   * Sets how many calls each connector gets at once, by this engine; 4 unless set.
   *
   * @param most 1 or more
   * @return this builder
   * @throws IllegalArgumentException if it is less
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder callsAtOnce(int most) {
    callsAtOnce = positive("callsAtOnce", most);
    return this;
  }

  /**
   * Sets for how many devices labels are synced in one call; 100 unless set.
   *
   * @param most 1 or more
   * @return this builder
   * @throws IllegalArgumentException if it is less
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder labelsAtOnce(int most) {
    bulk = positive("labelsAtOnce", most);
    return this;
  }

  /**
   * Sets how long a call to a connector may take before it is given up, or loading policies after a
   * change; 30 seconds unless set.
   *
   * @param most positive
   * @return this builder
   * @throws IllegalArgumentException if it is not
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder callTimeout(Duration most) {
    callTimeout = positive("callTimeout", most);
    return this;
  }

  /**
   * Sets how long a claim lasts, after which another engine takes over what an engine held that is
   * no more; 5 minutes unless set.
   *
   * @param time at least twice the call timeout
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder lease(Duration time) {
    lease = positive("lease", time);
    return this;
  }

  /**
   * Sets how often to look for due rungs, and for what other engines left to be delivered; every
   * second unless set.
   *
   * @param time positive
   * @return this builder
   * @throws IllegalArgumentException if it is not
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder poll(Duration time) {
    poll = positive("poll", time);
    return this;
  }

  /**
   * Sets how long an event is known after it was answered, if it comes again; 10 days unless set.
   *
   * @param time positive
   * @return this builder
   * @throws IllegalArgumentException if it is not
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder keepAnswers(Duration time) {
    keepAnswers = positive("keepAnswers", time);
    return this;
  }

  /**
   * Sets how long a message or mail waits before it is given up, since it was decided on and kept,
   * or since it was taken out of the dead letters; 7 days unless set. Issues, labels and blocks are
   * never too old.
   *
   * @param age positive
   * @return this builder
   * @throws IllegalArgumentException if it is not
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder tooOld(Duration age) {
    tooOld = positive("tooOld", age);
    return this;
  }

  /**
   * Sets how long to wait before a delivery is tried again; {@link RetryPolicy#defaults()} unless
   * set.
   *
   * @param policy how long
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder retries(RetryPolicy policy) {
    retries = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Sets how many calls a connector gets from this engine; as many as there are unless set.
   *
   * @param channel the connector's channel
   * @param limit how many
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder rate(Channel channel, RateLimit limit) {
    rates.put(requireNonNull(channel, "channel"), requireNonNull(limit, "limit"));
    return this;
  }

  /**
   * Sets how many messages a device, or how many mails an address, gets from this engine; as many
   * as there are unless set. What is above comes later.
   *
   * @param channel {@link Channel#NOTIFICATIONS} or {@link Channel#MAIL}
   * @param limit how many
   * @return this builder
   * @throws IllegalArgumentException if the channel is another one
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder ratePerRecipient(Channel channel, RateLimit limit) {
    if (channel != Channel.NOTIFICATIONS && channel != Channel.MAIL) {
      throw Checks.invalid("channel", channel + " has no recipients");
    }
    recipientRates.put(channel, requireNonNull(limit, "limit"));
    return this;
  }

  /**
   * Has the labels in the MDM compared with those that devices are to have, and brought in line;
   * never unless set.
   *
   * @param every how long to wait after a pass, positive
   * @param budget how many pages may be read in a time; what is to be repaired then goes through
   *     {@link #rate}
   * @return this builder
   * @throws IllegalArgumentException if the time is not positive
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder reconcile(Duration every, RateLimit budget) {
    reconcileEvery = positive("every", every);
    reconcileBudget = requireNonNull(budget, "budget");
    return this;
  }

  /**
   * Sets how long {@link PolicyEngine#close} waits for what is being done; 10 seconds unless set.
   *
   * @param most positive
   * @return this builder
   * @throws IllegalArgumentException if it is not
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder closeTimeout(Duration most) {
    closeTimeout = positive("closeTimeout", most);
    return this;
  }

  /**
   * Sets where chance begins, so that waits are the same in each run; from the system unless set.
   * Engines that share a store need different seeds.
   *
   * @param value any
   * @return this builder
   */
  @CanIgnoreReturnValue
  public PolicyEngineBuilder seed(long value) {
    chance = new SplittableRandom(value);
    return this;
  }

  /**
   * {@return an engine, which is then to be started}
   *
   * @throws IllegalStateException if the lease is shorter than twice the call timeout, or
   *     reconciling was asked for and nobody syncs labels, or there are several services for a
   *     connector that is not set
   * @throws java.util.ServiceConfigurationError if a service cannot be had
   */
  public PolicyEngine build() {
    if (fromServices) {
      find(Channel.LABELS, ServiceLoader.load(MdmLabelSync.class), this::labelSync);
      find(Channel.NOTIFICATIONS, ServiceLoader.load(DeviceNotifier.class), this::deviceNotifier);
      find(Channel.MAIL, ServiceLoader.load(AdministratorMailer.class), this::administratorMailer);
      find(Channel.ISSUES, ServiceLoader.load(IssueLog.class), this::issueLog);
      find(
          Channel.PROTECTION,
          ServiceLoader.load(ThreatProtectionControl.class),
          this::threatProtection);
      ServiceLoader.load(EngineListener.class).forEach(this::listener);
    }
    checkState(
        lease.compareTo(callTimeout.multipliedBy(2)) >= 0,
        "lease is %s, expected at least twice the call timeout, %s",
        lease,
        callTimeout);
    checkState(
        reconcileBudget == null || labelSync != null,
        "reconciling needs somebody who syncs labels");
    if (!storeSet) {
      LOG.warn("tenant {}: everything is kept in memory only, and lost with the process", tenant);
    }
    EngineThreads given = threads;
    return new PolicyEngine(this, given != null ? given : EngineThreads.of(WORKERS), given == null);
  }

  private <S> void find(Channel channel, ServiceLoader<S> services, Consumer<S> setter) {
    if (connectors.containsKey(channel)) {
      return;
    }
    List<ServiceLoader.Provider<S>> found = services.stream().toList();
    checkState(
        found.size() <= 1,
        "%s: expected one service at most, found %s",
        channel,
        Lists.transform(found, provider -> provider.type().getName()));
    found.forEach(provider -> setter.accept(provider.get()));
  }

  /** {@return chance for one part of the engine, which needs no lock} */
  RandomGenerator chance() {
    SplittableRandom root = chance;
    if (root == null) {
      root = new SplittableRandom();
      chance = root;
    }
    return root.split();
  }

  Courier.Terms terms(Channel channel) {
    return new Courier.Terms(
        retries,
        lease,
        callTimeout,
        tooOld,
        bulk,
        new Limiter(rates.get(channel), recipientRates.get(channel)));
  }

  Optional<Reconciler> reconciler(
      Tenancy tenancy, Question<LabelPage> pages, Supplier<Set<String>> labelNames) {
    MdmLabelSync sync = labelSync;
    RateLimit budget = reconcileBudget;
    return sync == null || budget == null
        ? Optional.empty()
        : Optional.of(new Reconciler(tenancy, sync, pages, budget, labelNames));
  }

  private static int positive(String path, int value) {
    if (value < 1) {
      throw Checks.invalid(path, value + " is not positive");
    }
    return value;
  }

  private static Duration positive(String path, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw Checks.invalid(path, value + " is not positive");
    }
    return value;
  }
}
