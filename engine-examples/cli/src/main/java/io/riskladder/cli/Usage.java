package io.riskladder.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the user typed wrongly. */
final class Usage {
  private Usage() {}

  /** {@return the refusal of an option's value, as the library words it: "name: problem"} */
  static ParameterException wrong(CommandSpec spec, IllegalArgumentException why) {
    return new ParameterException(spec.commandLine(), "--" + why.getMessage(), why);
  }
}
