package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.PolicySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policies that stand in a document, JSON or YAML as its name tells, which is read again and again:
 * whoever replaces it changes the policies of the engines that run on it.
 *
 * <p>It is the content that is compared, so that it does not matter how the file is replaced: by
 * writing, by renaming, or behind a symbolic link, on a disk or on a share. A new content counts
 * when it was read twice in a row, one interval apart, so that a document that is being written is
 * not taken for a whole one; only the first is taken at once.
 *
 * <p>A new document that cannot be used changes nothing: what is wrong with it is logged, once for
 * each content. A file that cannot be read changes nothing either; the engine logs that, and its
 * health shows it, until it can be read again.
 *
 * <p>It has no thread of its own and holds nothing open. Safe for use by several threads.
 */
public final class PolicyFile implements PolicySource {
  /** How many problems of a document are logged at most. */
  static final int MOST_TOLD = 20;

  private static final Logger LOG = LoggerFactory.getLogger(PolicyFile.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Path file;
  private final Duration every;
  private final Consumer<String> log;

  private @Nullable PolicySet inUse;
  private @Nullable HashCode lastRead;
  private @Nullable HashCode lastJudged;

  PolicyFile(Path file, Duration every, Consumer<String> log) {
    this.file = requireNonNull(file, "file");
    if (every.isZero() || every.isNegative()) {
      throw Checks.invalid("every", every + " is not positive");
    }
    this.every = every;
    this.log = log;
  }

  /**
   * {@return policies of a document that is read every ten seconds}
   *
   * @param file the document; it is not opened yet
   */
  public static PolicyFile at(Path file) {
    return at(file, EVERY);
  }

  /**
   * {@return policies of a document}
   *
   * @param file the document; it is not opened yet
   * @param every how often it is read, positive; a new content counts from the second time on
   * @throws IllegalArgumentException if that is not positive
   */
  public static PolicyFile at(Path file, Duration every) {
    return new PolicyFile(file, every, LOG::warn);
  }

  /**
   * {@return the policies that the document says, or said when it was last right}
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidDocumentException if anything is wrong with the first document; holds all that
   *     is
   */
  @Override
  public synchronized PolicySet load() throws IOException {
    byte[] document = read();
    HashCode content = Hashing.sha256().hashBytes(document);
    PolicySet policies = inUse;
    if (policies == null) {
      policies = parse(document);
      lastJudged = content;
    } else if (content.equals(lastRead) && !content.equals(lastJudged)) {
      policies = parseOr(policies, document);
      lastJudged = content;
    }
    lastRead = content;
    inUse = policies;
    return policies;
  }

  @Override
  public Optional<Duration> loadEvery() {
    return Optional.of(every);
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PolicyDocuments.MAX_BYTES + 1);
    }
  }

  private PolicySet parse(byte[] document) {
    return PolicyDocuments.read(document, DocumentFormat.ofFile(file));
  }

  private PolicySet parseOr(PolicySet before, byte[] document) {
    try {
      return parse(document);
    } catch (InvalidDocumentException e) {
      log.accept(file + " cannot be used, policies stay: " + inOneLine(e.problems()));
      return before;
    }
  }

  private static String inOneLine(List<DocumentProblem> problems) {
    String first =
        problems.stream()
            .limit(MOST_TOLD)
            .map(problem -> problem.place() + ": " + problem)
            .collect(Collectors.joining("; "));
    int more = problems.size() - MOST_TOLD;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
