package io.riskladder.mdm.runtime;

/** Ends a simulated process where it stands: nothing catches it but the simulation. */
final class Killed extends VirtualMachineError {
  private static final long serialVersionUID = 1;
}
