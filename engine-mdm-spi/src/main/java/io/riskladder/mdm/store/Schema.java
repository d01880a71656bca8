package io.riskladder.mdm.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

/** The tables of one database: which version they are of, and how they get to the latest. */
final class Schema {
  /** The files, in order of the versions that they lead to; each notes its version itself. */
  static final List<String> FILES =
      List.of("V1__devices_and_lanes.sql", "V2__levels_once_more.sql", "V3__posted.sql");

  static final int LATEST = FILES.size();

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /**
   * Brings tables to the latest version, all steps in one transaction.
   *
   * @return the version that was there before
   */
  int migrate(Statements statements) throws SQLException {
    statements.lockSchema();
    int version = statements.schemaVersion();
    checkNotNewer(version);
    for (String file : FILES.subList(version, LATEST)) {
      apply(statements.sql(), file);
    }
    return version;
  }

  void apply(Sql sql, String file) throws SQLException {
    for (String statement : statements(read(file))) {
      sql.run(statement);
    }
  }

  void check(Statements statements) throws SQLException {
    int version = statements.schemaVersion();
    checkNotNewer(version);
    if (version < LATEST) {
      throw new StoreException(
          "the tables are of schema version "
              + version
              + ", expected "
              + LATEST
              + ": apply "
              + FILES.subList(version, LATEST)
              + " of "
              + database.folder());
    }
  }

  private static void checkNotNewer(int version) {
    if (version > LATEST) {
      throw new StoreException(
          "the tables are of schema version "
              + version
              + ", expected at most "
              + LATEST
              + ": a newer version of the library was here");
    }
  }

  private String read(String file) {
    String path = database.folder() + "/" + file;
    try (InputStream in = Schema.class.getResourceAsStream("/" + path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not there");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  /** {@return the statements of a file of ours: no text in them has a semicolon or two hyphens} */
  static List<String> statements(String script) {
    String bare = script.replaceAll("--[^\n]*", "");
    return List.of(bare.split(";")).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
