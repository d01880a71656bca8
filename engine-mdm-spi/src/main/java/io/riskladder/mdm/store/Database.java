package io.riskladder.mdm.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The databases that a store knows how to speak to. */
enum Database {
  /** PostgreSQL 13 and later. */
  POSTGRESQL("PostgreSQL", 13, 0, "postgresql") {
    @Override
    Transactions transactions(DataSource source) {
      return new PostgresTransactions(source);
    }
  },
  /** SQLite 3.35 and later. */
  SQLITE("SQLite", 3, 35, "sqlite") {
    @Override
    Transactions transactions(DataSource source) {
      return new SqliteTransactions(source);
    }
  };

  private final String product;
  private final int major;
  private final int minor;
  private final String folder;

  Database(String product, int major, int minor, String folder) {
    this.product = product;
    this.major = major;
    this.minor = minor;
    this.folder = folder;
  }

  abstract Transactions transactions(DataSource source);

  /** {@return where the SQL files are, among the resources} */
  String folder() {
    return "io/riskladder/mdm/store/" + folder;
  }

  static Database of(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return of(connection.getMetaData());
    }
  }

  private static Database of(DatabaseMetaData data) throws SQLException {
    String product = data.getDatabaseProductName();
    for (Database database : values()) {
      if (database.product.equals(product)) {
        database.checkVersion(data.getDatabaseMajorVersion(), data.getDatabaseMinorVersion());
        return database;
      }
    }
    throw new IllegalArgumentException(
        "dataSource: is of " + product + ", expected PostgreSQL or SQLite");
  }

  private void checkVersion(int actualMajor, int actualMinor) {
    if (actualMajor < major || (actualMajor == major && actualMinor < minor)) {
      throw new IllegalArgumentException(
          "dataSource: is of "
              + product
              + " "
              + actualMajor
              + "."
              + actualMinor
              + ", expected "
              + major
              + "."
              + minor
              + " or later");
    }
  }
}
