package io.riskladder.mdm.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, and keeps them prepared as long as it lives. Texts and
 * instants go in and come out as {@link StoredText} and {@link StoredInstant} say. Not safe for use
 * by several threads.
 */
final class Sql implements AutoCloseable {

  /** Makes something of the row at hand. */
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /** The row at hand. */
  record Row(ResultSet result) {
    String text(int column) throws SQLException {
      return StoredText.decode(result.getString(column));
    }

    Optional<String> textIfAny(int column) throws SQLException {
      return Optional.ofNullable(result.getString(column)).map(StoredText::decode);
    }

    Instant instant(int column) throws SQLException {
      return StoredInstant.decode(result.getString(column));
    }

    Optional<Instant> instantIfAny(int column) throws SQLException {
      return Optional.ofNullable(result.getString(column)).map(StoredInstant::decode);
    }

    long number(int column) throws SQLException {
      return result.getLong(column);
    }

    int integer(int column) throws SQLException {
      return result.getInt(column);
    }
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    List<Array> arrays = bind(statement, values);
    try (ResultSet result = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      Row row = new Row(result);
      while (result.next()) {
        all.add(reader.read(row));
      }
      return all;
    } finally {
      free(arrays);
    }
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    List<Array> arrays = bind(statement, values);
    try {
      return statement.executeUpdate();
    } finally {
      free(arrays);
    }
  }

  /** {@return how many rows were concerned by a statement that is run for each row of values} */
  int[] updateEach(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    PreparedStatement statement = prepare(sql);
    for (@Nullable Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    return statement.executeBatch();
  }

  /** Runs what has no values, and is not worth keeping prepared. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  private List<Array> bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    List<Array> arrays = new ArrayList<>(0);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, Types.VARCHAR);
      } else if (value instanceof String text) {
        statement.setString(i + 1, StoredText.encode(text));
      } else if (value instanceof Instant instant) {
        statement.setString(i + 1, StoredInstant.encode(instant));
      } else if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (value instanceof Integer number) {
        statement.setInt(i + 1, number);
      } else if (value instanceof @Nullable Object[] several) {
        Array array = array(several);
        arrays.add(array);
        statement.setArray(i + 1, array);
      } else {
        throw new IllegalArgumentException("no column takes a " + value.getClass().getName());
      }
    }
    return arrays;
  }

  private Array array(@Nullable Object[] values) throws SQLException {
    if (values instanceof Long[]) {
      return connection.createArrayOf("int8", values);
    }
    if (values instanceof Integer[]) {
      return connection.createArrayOf("int4", values);
    }
    @Nullable String[] texts = new @Nullable String[values.length];
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant instant) {
        texts[i] = StoredInstant.encode(instant);
      } else if (value != null) {
        texts[i] = StoredText.encode((String) value);
      }
    }
    return connection.createArrayOf("text", texts);
  }

  private static void free(List<Array> arrays) throws SQLException {
    for (Array array : arrays) {
      array.free();
    }
  }

  @Override
  public void close() throws SQLException {
    SQLException first = null;
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        first = first == null ? e : first;
      }
    }
    prepared.clear();
    if (first != null) {
      throw first;
    }
  }
}
