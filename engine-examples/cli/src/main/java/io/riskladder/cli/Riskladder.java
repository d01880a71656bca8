package io.riskladder.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: finds the subcommand and runs it. */
@Command(
    name = "riskladder",
    description =
        "What happens after a threat is found on a phone, according to a policy document.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status: 0, 1 if something is wrong with a policy or an event, 2 for wrong usage."
    })
public final class Riskladder implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  private Riskladder() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments what the user typed
   */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            arguments));
  }

  /**
   * {@return the exit status of a run}
   *
   * @param in standard input
   * @param out gets the results
   * @param err gets the diagnostics
   * @param arguments what the user typed
   */
  static int run(InputStream in, OutputStream out, OutputStream err, String... arguments) {
    Streams streams = Streams.of(in, out, err);
    CommandLine command =
        new CommandLine(new Riskladder())
            .addSubcommand(new ReplayCommand(streams))
            .addSubcommand(new CheckCommand(streams))
            .addSubcommand(new PlanCommand(streams));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setParameterExceptionHandler(Riskladder::wrongUsage);
    command.setOut(streams.outWriter());
    command.setErr(streams.err());
    return command.execute(arguments);
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(Text.oneLine(String.valueOf(e.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand: replay, check or plan");
  }
}
