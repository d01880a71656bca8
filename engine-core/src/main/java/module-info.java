/**
 * The domain of Riskladder: threats, risk levels, escalation ladders and the way from a label to a
 * compliance action. Values and functions; no clock, no input or output, no threads.
 */
@SuppressWarnings("module") // io.riskladder.mdm is built after this module, so it is not found yet
module io.riskladder.core {
  requires com.google.common;
  requires org.slf4j;
  requires transitive org.jspecify;
  requires static org.immutables.value.annotations;
  requires static com.google.errorprone.annotations;
  requires static java.compiler;

  exports io.riskladder.core;
  exports io.riskladder.core.risk;
  exports io.riskladder.core.threat;
  exports io.riskladder.core.mdm;
  exports io.riskladder.core.policy;
  exports io.riskladder.core.device;
  exports io.riskladder.core.fleet;
  exports io.riskladder.core.advice;
  exports io.riskladder.core.simulation;
  exports io.riskladder.core.internal to
      io.riskladder.mdm;
}
