package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.advice.Advice;
import io.riskladder.core.advice.Finding;
import io.riskladder.mdm.document.DocumentProblem;
import io.riskladder.mdm.document.InvalidDocumentException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is wrong with a policy document, and what is unwise in it. */
@Command(
    name = "check",
    description =
        "Says what is wrong with a policy document, and if nothing is, what is unwise in it; all of"
            + " it, each with its place.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Mixin private FormatOption format = new FormatOption();

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
    int status = put(problems, advice);
    return problems.isEmpty() ? status : 1;
  }

  private int put(List<DocumentProblem> problems, List<Finding> advice) {
    return format.put(streams, () -> text(problems, advice), out -> json(out, problems, advice));
  }

  private static String text(List<DocumentProblem> problems, List<Finding> advice) {
    TextBuilder text = new TextBuilder();
    problems.forEach(problem -> text.line(0, PolicyFiles.line(problem)));
    if (problems.isEmpty()) {
      text.line(0, advice.isEmpty() ? "no errors, no advice" : "no errors, but advice:");
    }
    for (Finding finding : advice) {
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      text.blank()
          .line(0, finding.path() + ": " + finding.code() + " (" + severity + ")")
          .line(2, finding.message())
          .line(2, finding.remedy());
    }
    return text.toString();
  }

  private static void json(JsonGenerator out, List<DocumentProblem> problems, List<Finding> advice)
      throws IOException {
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
  }
}
