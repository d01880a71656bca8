package io.riskladder.core.simulation;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.util.List;

/**
 * Looks ahead for a whole fleet. Devices that the change does nothing to have one future, which is
 * counted once for both forecasts; the others are decided on, and have two.
 */
final class Forecaster {
  private final Fleet fleet;
  private final PolicyChangeMode mode;
  private final PolicyArchive archive;
  private final PolicyArchive changed;
  private final ChangeTable table;
  private final FutureCounts common;
  private final FutureCounts present;
  private final FutureCounts proposed;

  private Forecaster(Fleet fleet, CompiledPolicies policies, PolicyChangeMode mode, int days) {
    this.fleet = fleet;
    this.mode = mode;
    this.archive = fleet.policies();
    this.changed = archive.replacedBy(policies);
    this.table = new ChangeTable(PolicyChange.between(archive.current(), policies), mode);
    this.common = new FutureCounts(fleet.latestSeen(), days);
    this.present = new FutureCounts(fleet.latestSeen(), days);
    this.proposed = new FutureCounts(fleet.latestSeen(), days);
  }

  static Forecast forecast(
      Fleet fleet, CompiledPolicies policies, PolicyChangeMode mode, int days) {
    Forecaster forecaster = new Forecaster(fleet, policies, mode, days);
    boolean fits = forecaster.lookAhead();
    forecaster.present.add(forecaster.common);
    List<ForecastDay> present = forecaster.present.days(fleet.policies().current());
    if (!fits) {
      return new Forecast(present, present);
    }
    forecaster.proposed.add(forecaster.common);
    return new Forecast(present, forecaster.proposed.days(policies));
  }

  /** {@return false if the policies do not fit some device; all are looked at all the same} */
  private boolean lookAhead() {
    boolean fits = true;
    PolicyChanged event = new PolicyChanged(changed.currentVersion(), mode);
    for (EnrolledDevice device : fleet.devices()) {
      ChangeTable.OfGroup group = table.group(device.group());
      ChangeTable.OnDevice what = table.on(device, group);
      fits &= what != ChangeTable.OnDevice.MISFIT;
      if (fits && what == ChangeTable.OnDevice.NEW_COURSE) {
        addNow(present, device, group);
        Decision decision = device.decide(changed, event, fleet.latestSeen(), 0);
        EnrolledDevice after = (EnrolledDevice) decision.state();
        proposed.add(decision.effects());
        proposed.add(
            after,
            threat -> after.ladder(threat, changed),
            changed.current().group(after.group()).orElseThrow().onDeviceThreatProtection());
      } else {
        addNow(common, device, group);
      }
    }
    return fits;
  }

  private void addNow(FutureCounts counts, EnrolledDevice device, ChangeTable.OfGroup group) {
    counts.add(
        device,
        threat ->
            threat.pin().isPresent()
                ? device.ladder(threat, archive)
                : group.ladder(threat.classification()).old(),
        group.old().onDeviceThreatProtection());
  }
}
