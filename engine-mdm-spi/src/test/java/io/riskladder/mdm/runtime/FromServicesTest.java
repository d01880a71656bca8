package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.StoredPolicies;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.TurnedClock;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors and listeners that are found, on a class path that is the test's own. */
final class FromServicesTest {
  private static final PolicySource POLICIES =
      PolicySource.of(SimulationTest.policies(Duration.ofDays(1), RiskLevel.LOW));
  private static final List<String> HEARD = new ArrayList<>();

  @TempDir Path classPath;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  /** Plays all roles but that of a listener. */
  public static class Everything
      implements MdmLabelSync,
          DeviceNotifier,
          AdministratorMailer,
          IssueLog,
          ThreatProtectionControl {
    private final FakeHost host = new FakeHost();

    /** Made by {@link java.util.ServiceLoader}. */
    public Everything() {}

    @Override
    public Map<String, Outcome> bring(List<LabelTarget> targets) {
      return Map.of();
    }

    @Override
    public LabelPage read(Optional<String> page) {
      return new LabelPage(Map.of(), Optional.empty());
    }

    @Override
    public Outcome notifyDevice(Delivery<Effect.NotifyDevice> delivery) throws Exception {
      return host.notifyDevice(delivery);
    }

    @Override
    public Outcome send(Delivery<Effect.EmailAdministrators> delivery) throws Exception {
      return host.send(delivery);
    }

    @Override
    public Outcome record(Delivery<Effect> delivery) throws Exception {
      return host.record(delivery);
    }

    @Override
    public Outcome apply(BlockTarget target) throws Exception {
      return host.apply(target);
    }
  }

  /** One more for each role. */
  public static final class Another extends Everything {
    /** Made by {@link java.util.ServiceLoader}. */
    public Another() {}
  }

  /** Says that it heard. */
  public static class Listening implements EngineListener {
    /** Made by {@link java.util.ServiceLoader}. */
    public Listening() {}

    @Override
    public void policiesChanged(String tenant, StoredPolicies policies) {
      HEARD.add(getClass().getSimpleName());
    }
  }

  /** Throws. */
  public static final class Throwing extends Listening {
    /** Made by {@link java.util.ServiceLoader}. */
    public Throwing() {}

    @Override
    public void policiesChanged(String tenant, StoredPolicies policies) {
      super.policiesChanged(tenant, policies);
      throw new IllegalStateException("on purpose");
    }
  }

  @BeforeEach
  void takeClassPath() throws IOException {
    HEARD.clear();
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {classPath.toUri().toURL()}, before));
  }

  @AfterEach
  void giveBackClassPath() throws IOException {
    ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
    Thread.currentThread().setContextClassLoader(before);
  }

  private void provide(Class<?> role, String... providers) throws IOException {
    Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
    Files.write(services.resolve(role.getName()), List.of(providers));
  }

  private static Map<Channel, String> connectors(PolicyEngineBuilder builder) {
    TurnedClock clock = TurnedClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    try (PolicyEngine engine = builder.clock(clock).threads(clock.threads()).build()) {
      engine.start();
      Map<Channel, String> connectors = new EnumMap<>(Channel.class);
      engine
          .health()
          .channels()
          .forEach((channel, health) -> connectors.put(channel, health.connector()));
      return connectors;
    }
  }

  private static PolicyEngineBuilder builder() {
    return PolicyEngine.builder(POLICIES).fromServices();
  }

  private static Map<Channel, String> all(Class<?> connector) {
    Map<Channel, String> all = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      all.put(channel, connector.getName());
    }
    return all;
  }

  @Test
  void every_connector_can_be_found() throws IOException {
    for (Class<?> role : Everything.class.getInterfaces()) {
      provide(role, Everything.class.getName());
    }
    assertEquals(all(Everything.class), connectors(builder()));
  }

  @Test
  void nothing_is_looked_for_unless_asked_and_nothing_need_be_found() throws IOException {
    assertEquals(Map.of(), connectors(builder()));
    provide(MdmLabelSync.class, Everything.class.getName());
    assertEquals(Map.of(), connectors(PolicyEngine.builder(POLICIES)));
  }

  @Test
  void what_is_set_by_hand_is_not_looked_for() throws IOException {
    for (Class<?> role : Everything.class.getInterfaces()) {
      provide(role, Everything.class.getName(), Another.class.getName());
    }
    FakeHost host = new FakeHost();
    PolicyEngineBuilder byHand =
        builder()
            .labelSync(new FakeMdm())
            .deviceNotifier(host)
            .administratorMailer(host)
            .issueLog(host)
            .threatProtection(host);
    Map<Channel, String> expected = all(FakeHost.class);
    expected.put(Channel.LABELS, FakeMdm.class.getName());
    assertEquals(expected, connectors(byHand));
  }

  @Test
  void of_several_for_one_role_none_is_taken_and_all_are_named() throws IOException {
    for (Class<?> role : Everything.class.getInterfaces()) {
      provide(role, Everything.class.getName(), Another.class.getName());
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> builder().build());
      String message = String.valueOf(thrown.getMessage());
      assertTrue(message.contains(Everything.class.getName()), message);
      assertTrue(message.contains(Another.class.getName()), message);
      provide(role);
    }
  }

  @Test
  void listeners_that_are_found_hear_besides_those_set_by_hand() throws IOException {
    provide(EngineListener.class, Throwing.class.getName(), Listening.class.getName());
    EngineListener byHand =
        new EngineListener() {
          @Override
          public void policiesChanged(String tenant, StoredPolicies policies) {
            HEARD.add("by hand");
            throw new IllegalStateException("on purpose");
          }
        };
    PolicyEngine engine = builder().listener(byHand).build();
    engine.start();
    assertEquals(1, engine.changePolicies(other(), PolicyChangeMode.CONTINUE).version());
    engine.close();
    assertEquals(List.of("by hand", "Throwing", "Listening"), HEARD);
  }

  private static PolicySet other() {
    return SimulationTest.policies(Duration.ofDays(2), RiskLevel.LOW);
  }

  @Test
  void a_provider_that_cannot_be_made_is_an_error() throws IOException {
    provide(IssueLog.class, "com.example.Missing");
    assertThrows(ServiceConfigurationError.class, () -> builder().build());
  }

  @Test
  void the_module_says_what_it_looks_for() {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of("target/classes"))
            .find("io.riskladder.mdm")
            .orElseThrow()
            .descriptor();
    Set<String> roles = new HashSet<>(Set.of(EngineListener.class.getName()));
    for (Class<?> role : Everything.class.getInterfaces()) {
      roles.add(role.getName());
    }
    assertEquals(roles, module.uses());
  }
}
