package io.riskladder.cli;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.DocumentProblem;
import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.document.PolicyDocuments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Policy documents that the user named. */
final class PolicyFiles {
  private PolicyFiles() {}

  /**
   * {@return the policy set of a file named on the command line}
   *
   * @throws ParameterException if there is no such file, or it cannot be read
   * @throws InvalidDocumentException if anything is wrong with the document
   */
  static PolicySet read(Path file, CommandSpec spec) {
    try {
      return PolicyDocuments.read(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), unreadable(file, e), e);
    }
  }

  /**
   * {@return the policies of a file named on the command line, ready for use; nothing if there are
   * errors in the document, which are said}
   *
   * @throws ParameterException if there is no such file, or it cannot be read
   */
  static Optional<CompiledPolicies> compiled(Path file, CommandSpec spec, PrintWriter err) {
    try {
      return Optional.of(read(file, spec).compile());
    } catch (InvalidDocumentException e) {
      e.problems().forEach(problem -> err.println(line(problem)));
      return Optional.empty();
    }
  }

  static String unreadable(Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : Files.isDirectory(file)
                ? "it is a folder"
                : Text.oneLine(String.valueOf(e.getMessage()));
    return "cannot read " + Text.oneLine(file.toString()) + ": " + why;
  }

  /** {@return a problem as one line, as documents have it: the path, a colon, the message} */
  static String line(DocumentProblem problem) {
    return Text.oneLine(problem.toString());
  }
}
