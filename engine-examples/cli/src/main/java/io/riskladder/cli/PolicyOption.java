package io.riskladder.cli;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.InvalidDocumentException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option by which every command is told the policy document. */
final class PolicyOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy document: .json is JSON, anything else YAML.")
  private Path file = Path.of("");

  /** {@return the file that the user named} */
  Path file() {
    return file;
  }

  /**
   * {@return what the document says}
   *
   * @throws InvalidDocumentException if anything is wrong with it
   */
  PolicySet read() {
    return PolicyFiles.read(file, spec);
  }

  /** {@return the policies, ready for use; nothing if there are errors, which are said} */
  Optional<CompiledPolicies> compiled(PrintWriter err) {
    return PolicyFiles.compiled(file, spec, err);
  }
}
