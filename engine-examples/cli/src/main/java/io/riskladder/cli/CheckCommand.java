package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.advice.Advice;
import io.riskladder.core.advice.Finding;
import io.riskladder.mdm.document.DocumentProblem;
import io.riskladder.mdm.document.InvalidDocumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with a policy document, and what is unwise in it. */
@Command(
    name = "check",
    description =
        "Says what is wrong with a policy document, and if nothing is, what is unwise in it; all of"
            + " it, each with its place.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
  /** How findings are put out. */
  enum Format {
    TEXT,
    JSON
  }

  private final Streams streams;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
  private Format format = Format.TEXT;

  CheckCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    List<DocumentProblem> problems = List.of();
    List<Finding> advice = List.of();
    try {
      advice = Advice.on(policy.read().compile());
    } catch (InvalidDocumentException e) {
      problems = e.problems();
    }
    try {
      switch (format) {
        case TEXT -> text(problems, advice);
        case JSON -> json(problems, advice);
      }
    } catch (IOException e) {
      streams.err().println(Text.cannot("write the results", e));
      return 1;
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private void text(List<DocumentProblem> problems, List<Finding> advice) throws IOException {
    PrintWriter out = streams.outWriter();
    problems.forEach(problem -> out.println(PolicyFiles.line(problem)));
    if (problems.isEmpty()) {
      out.println(advice.isEmpty() ? "no errors, no advice" : "no errors, but advice:");
    }
    for (Finding finding : advice) {
      out.println();
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      out.println(Text.oneLine(finding.path()) + ": " + finding.code() + " (" + severity + ")");
      out.println("  " + Text.oneLine(finding.message()));
      out.println("  " + Text.oneLine(finding.remedy()));
    }
    if (out.checkError()) { // a print writer keeps quiet about what it could not write
      throw new IOException("standard output is closed");
    }
  }

  private void json(List<DocumentProblem> problems, List<Finding> advice) throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(streams.out())) {
      out.writeStartObject();
      out.writeArrayFieldStart("errors");
      for (DocumentProblem problem : problems) {
        out.writeStartObject();
        out.writeStringField("path", problem.path());
        String place = problem.path().isEmpty() ? problem.place() + ": " : "";
        out.writeStringField("message", place + problem.message());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("advice");
      for (Finding finding : advice) {
        out.writeStartObject();
        out.writeStringField("code", finding.code().name());
        out.writeStringField("severity", finding.severity().name());
        out.writeStringField("path", finding.path());
        out.writeStringField("message", finding.message());
        out.writeStringField("remedy", finding.remedy());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }
}
