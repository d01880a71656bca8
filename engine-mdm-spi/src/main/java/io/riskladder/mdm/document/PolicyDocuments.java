package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.riskladder.core.Limits;
import io.riskladder.core.policy.PolicyProblem;
import io.riskladder.core.policy.PolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes policy documents (documents, policy document). Law: what is written reads back
 * equal. All methods are safe for use by several threads.
 */
public final class PolicyDocuments {
  /** Largest document, in bytes: 16 MiB. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private PolicyDocuments() {}

  /**
   * {@return the policy set of a file, whose name tells the format; it compiles within the default
   * limits}
   *
   * @param file the file to read
   * @throws IOException if the file cannot be read
   * @throws InvalidDocumentException if anything is wrong with the document; holds all that is
   */
  public static PolicySet read(Path file) throws IOException {
    requireNonNull(file, "file");
    try (InputStream in = Files.newInputStream(file)) {
      return read(in.readNBytes(MAX_BYTES + 1), DocumentFormat.ofFile(file));
    }
  }

  /**
   * {@return the policy set of a document; it compiles within the default limits}
   *
   * @param document the document, in UTF-8
   * @param format how it is written down
   * @throws InvalidDocumentException if anything is wrong with it; holds all that is
   */
  public static PolicySet read(byte[] document, DocumentFormat format) {
    return read(document, format, Limits.defaults());
  }

  /**
   * {@return the policy set of a document; it compiles within the limits}
   *
   * @param document the document, in UTF-8
   * @param format how it is written down
   * @param limits the bounds to keep
   * @throws InvalidDocumentException if anything is wrong with it; holds all that is
   */
  public static PolicySet read(byte[] document, DocumentFormat format, Limits limits) {
    requireNonNull(document, "document");
    requireNonNull(format, "format");
    requireNonNull(limits, "limits");
    Utf8.checkSize(document, MAX_BYTES);
    Problems problems = new Problems();
    Node root = Nodes.parse(Utf8.decode(document), format, problems);
    PolicySet set = new PolicyReader(problems).read(root);
    for (PolicyProblem problem : set.problems(limits)) {
      problems.add(problem);
    }
    problems.throwIfAny();
    return set;
  }

  /**
   * {@return a policy set as a document}
   *
   * @param set the set to write; it need not compile
   * @param format how to write it down
   */
  public static String write(PolicySet set, DocumentFormat format) {
    requireNonNull(set, "set");
    requireNonNull(format, "format");
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = generator(text, format)) {
      new PolicyWriter(generator).write(set);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
    return text.append(format == DocumentFormat.JSON ? "\n" : "").toString();
  }

  private static JsonGenerator generator(StringWriter text, DocumentFormat format)
      throws IOException {
    return format == DocumentFormat.JSON
        ? new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()
        : YAMLFactory.builder()
            .stringQuotingChecker(new QuoteAllButWords())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build()
            .createGenerator(text);
  }

  /** A name that is more than a plain word is quoted, whatever it might be mistaken for. */
  private static final class QuoteAllButWords extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      boolean word =
          name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
      return !word || super.needToQuoteName(name);
    }
  }
}
