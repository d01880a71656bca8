package io.riskladder.benchmarks.contestants;

import static java.util.Objects.requireNonNull;

import io.riskladder.benchmarks.contestants.desk.Desk;
import io.riskladder.benchmarks.contestants.desk.DeskDevice;
import io.riskladder.benchmarks.contestants.desk.Found;
import io.riskladder.benchmarks.contestants.desk.Gone;
import io.riskladder.benchmarks.contestants.desk.OpenThreat;
import io.riskladder.benchmarks.contestants.desk.RuleHost;
import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.time.SessionPseudoClock;

/**
 * Drools with its executable model and a pseudo clock. Rules find the threat that an event is
 * about, and their timers say when a rung is due; devices and labels are kept in Java, which is the
 * faster way. Each event is a fact, and rules are fired for each.
 */
final class Drools implements Contestant {
  private static final String RULES = "ladder.drl";

  private final Desk desk;
  private final RuleHost host;
  private final KieSession session;
  private final SessionPseudoClock clock;

  Drools(Rules rules, EffectSink sink) {
    desk = new Desk(rules, sink);
    host = new RuleHost(desk);
    session = newSession();
    session.setGlobal("host", host);
    clock = session.getSessionClock();
  }

  private static KieSession newSession() {
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write("src/main/resources/" + RULES, text());
    KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException(builder.getResults().toString());
    }
    KieSessionConfiguration configuration = services.newKieSessionConfiguration();
    configuration.setOption(ClockTypeOption.PSEUDO);
    return services
        .newKieContainer(builder.getKieModule().getReleaseId())
        .newKieBase(services.newKieBaseConfiguration())
        .newKieSession(configuration, services.newEnvironment());
  }

  private static String text() {
    try (InputStream in = Drools.class.getResourceAsStream(RULES)) {
      return new String(requireNonNull(in, RULES).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void enrolled(String device, String group, boolean ios, Instant at) {
    happensAt(at);
    desk.enrol(device, group);
  }

  @Override
  public void detected(String deviceId, String id, String classification, Instant at) {
    happensAt(at);
    DeskDevice device = desk.device(deviceId);
    if (device != null) {
      session.insert(
          new Found(
              new OpenThreat(
                  device, id, classification, desk.ladder(device.group(), classification))));
      session.fireAllRules();
    }
  }

  @Override
  public void resolved(String device, String id, Instant at) {
    happensAt(at);
    session.insert(new Gone(device, id));
    session.fireAllRules();
  }

  @Override
  public void advanceTo(Instant at) {
    setClock(at.getEpochSecond(), at.toEpochMilli() + 1);
    session.fireAllRules();
  }

  private void happensAt(Instant at) {
    if (setClock(at.getEpochSecond(), at.toEpochMilli())) {
      session.fireAllRules();
    }
  }

  private boolean setClock(long second, long millis) {
    long ahead = millis - clock.getCurrentTime();
    if (ahead > 0) {
      host.timeIs(second, millis);
      clock.advanceTime(ahead, TimeUnit.MILLISECONDS);
    }
    return ahead > 0;
  }

  @Override
  public void close() {
    session.dispose();
  }
}
