package io.riskladder.mdm.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document cannot be used; says everything that is wrong with it. */
public final class InvalidDocumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<DocumentProblem> problems;

  InvalidDocumentException(List<DocumentProblem> problems) {
    super(problems.stream().map(DocumentProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** {@return all that is wrong, in the order of the document; one or more; unmodifiable} */
  public List<DocumentProblem> problems() {
    return problems;
  }
}
