package io.riskladder.core.simulation;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.util.List;

/**
 * Looks ahead for a whole fleet. Devices that the change does nothing to have one future, which is
 * counted once for both forecasts. The others have two; where threats are placed on new ladders,
 * the engine decides how.
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
    for (EnrolledDevice device : fleet.devices()) {
      ChangeTable.OfGroup group = table.group(device.group());
      ChangeTable.OnDevice what = table.on(device, group);
      fits &= what != ChangeTable.OnDevice.MISFIT;
      boolean differs =
          what == ChangeTable.OnDevice.NEW_COURSE || what == ChangeTable.OnDevice.NEW_PROTECTION;
      if (fits && differs) {
        addNow(present, device, group, group.old());
        addChanged(device, group, what);
      } else {
        addNow(common, device, group, group.old());
      }
    }
    return fits;
  }

  private void addChanged(
      EnrolledDevice device, ChangeTable.OfGroup group, ChangeTable.OnDevice what) {
    GroupPolicies next = group.next();
    if (what == ChangeTable.OnDevice.NEW_PROTECTION) {
      addNow(proposed, device, group, next);
    } else if (mode == PolicyChangeMode.RESTART) {
      proposed.addRestarted(
          device,
          threat ->
              threat.pin().isPresent()
                  ? device.ladder(threat, archive)
                  : next.ladder(threat.classification()).orElseThrow(),
          next.onDeviceThreatProtection());
    } else {
      PolicyChanged event = new PolicyChanged(changed.currentVersion(), mode);
      Decision decision = device.decide(changed, event, fleet.latestSeen(), 0);
      EnrolledDevice after = (EnrolledDevice) decision.state();
      proposed.add(decision.effects());
      proposed.add(after, threat -> after.ladder(threat, changed), next.onDeviceThreatProtection());
    }
  }

  /** Adds the device as its threats go on now, under the protection of these policies. */
  private void addNow(
      FutureCounts counts,
      EnrolledDevice device,
      ChangeTable.OfGroup group,
      GroupPolicies protecting) {
    counts.add(
        device,
        threat ->
            threat.pin().isPresent()
                ? device.ladder(threat, archive)
                : group.ladder(threat.classification()).old(),
        protecting.onDeviceThreatProtection());
  }
}
