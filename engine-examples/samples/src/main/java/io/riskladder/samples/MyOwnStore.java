package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.store.JdbcDeviceStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.sqlite.SQLiteDataSource;

/**
 * How do I put something of my own around a store? Here: what was called, and whether it failed.
 */
public final class MyOwnStore {
  private MyOwnStore() {}

  /**
   * {@return a store that tells of each call} What is thrown goes on to the engine, which asks
   * again later: a store that hides a failure loses what it was to keep.
   */
  static DeviceStore watched(DeviceStore store, BiConsumer<String, Boolean> called) {
    return (DeviceStore)
        Proxy.newProxyInstance(
            DeviceStore.class.getClassLoader(),
            new Class<?>[] {DeviceStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                called.accept(method.getName(), true);
                return result;
              } catch (InvocationTargetException e) {
                called.accept(method.getName(), false);
                throw e.getCause();
              }
            });
  }

  /**
   * Keeps a device in a file, and finds it there after a restart.
   *
   * @param args none
   * @throws IOException if the file cannot be made
   */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("devices", ".db");
    happens(file, "1", new DeviceEnrolled("everyone", Platform.IOS));
    happens(file, "2", new ThreatDetected("os", "OUT_OF_DATE_OS"));
    Files.delete(file);
  }

  private static void happens(Path file, String id, Reported event) {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + file);
    AtomicInteger commits = new AtomicInteger();
    BiConsumer<String, Boolean> watch =
        (call, works) -> commits.addAndGet(call.equals("commit") && works ? 1 : 0);
    PolicySource policies = PolicySource.of(Policies.patient(Duration.ofDays(7)));
    try (DeviceStore store = watched(JdbcDeviceStore.on(database), watch);
        PolicyEngine engine = PolicyEngine.builder(policies).store(store).build()) {
      engine.start();
      Answer answer = engine.submit(new Submission(id, "eve", event)).join();
      System.out.println("effects: " + answer.effects().size() + ", commits: " + commits);
    }
  }
}
