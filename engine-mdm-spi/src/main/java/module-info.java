/** The boundary of Riskladder: what hosts implement and call, and documents in JSON and YAML. */
module io.riskladder.mdm {
  requires transitive io.riskladder.core;
  requires transitive java.sql;
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.google.common;
  requires static com.google.errorprone.annotations;
  requires org.slf4j;
  requires org.yaml.snakeyaml;

  exports io.riskladder.mdm.document;
  exports io.riskladder.mdm.runtime;
  exports io.riskladder.mdm.spi;
  exports io.riskladder.mdm.store;

  uses io.riskladder.mdm.spi.AdministratorMailer;
  uses io.riskladder.mdm.spi.DeviceNotifier;
  uses io.riskladder.mdm.spi.EngineListener;
  uses io.riskladder.mdm.spi.IssueLog;
  uses io.riskladder.mdm.spi.MdmLabelSync;
  uses io.riskladder.mdm.spi.ThreatProtectionControl;
}
