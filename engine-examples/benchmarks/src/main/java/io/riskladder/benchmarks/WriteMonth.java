package io.riskladder.benchmarks;

import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Workload;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.document.DocumentFormat;
import io.riskladder.mdm.document.EngineEvent;
import io.riskladder.mdm.document.EventDocuments;
import io.riskladder.mdm.document.PolicyDocuments;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes one tenant's month as files that {@code riskladder replay} reads: {@code policy.yaml} and
 * {@code events.jsonl}. Takes the number of devices and a folder; a device has about 2.9 events.
 */
public final class WriteMonth {
  private WriteMonth() {}

  /**
   * Writes the files.
   *
   * @param arguments the number of devices, and a folder, made if it is not there
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("expected a number of devices and a folder");
    }
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Rules rules = new Rules();
    Files.writeString(
        folder.resolve("policy.yaml"),
        PolicyDocuments.write(rules.policySet(), DocumentFormat.YAML));
    Workload workload = Workload.of(rules, Integer.parseInt(arguments[0]));
    long events = 0;
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("events.jsonl"))) {
      for (int i = 0; i < workload.devices(); i++) {
        Platform platform = workload.isIos(i) ? Platform.IOS : Platform.ANDROID;
        write(
            out,
            Workload.START,
            workload.device(i),
            new DeviceEnrolled(workload.group(i), platform));
        events++;
      }
      for (int i = 0; i <= Workload.LAST_HOUR; i++) {
        Hour hour = workload.hour(i);
        for (int j = 0; j < hour.size(); j++) {
          write(
              out,
              hour.at(),
              hour.device(j),
              hour.isDetection(j)
                  ? new ThreatDetected(hour.threat(j), hour.classification(j))
                  : new ThreatResolved(hour.threat(j)));
          events++;
        }
      }
    }
    System.out.println(events + " events in " + folder.resolve("events.jsonl"));
  }

  private static void write(
      BufferedWriter out, Instant at, String device, DeviceEvent.Reported event)
      throws IOException {
    out.write(EventDocuments.write(new EngineEvent.OfDevice(at, device, event)));
    out.write('\n');
  }
}
