/** The boundary of Riskladder: what goes in and out of it as JSON and YAML. */
module io.riskladder.mdm {
  requires transitive io.riskladder.core;
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires org.yaml.snakeyaml;

  exports io.riskladder.mdm.document;
}
