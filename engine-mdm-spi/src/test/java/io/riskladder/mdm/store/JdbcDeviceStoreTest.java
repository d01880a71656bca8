package io.riskladder.mdm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.document.StateDocuments;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** What a store on JDBC does beyond what every store does. */
final class JdbcDeviceStoreTest {
  private static final String TENANT = "contoso";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);

  @TempDir private Path folder;

  private DataSource bare(Database database) throws SQLException {
    return switch (database) {
      case POSTGRESQL -> PostgresServer.sharedAndBare();
      case SQLITE -> sqlite("jdbc:sqlite:" + folder.resolve("store.db"));
    };
  }

  private static SQLiteDataSource sqlite(String url) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url);
    return source;
  }

  private static void run(DataSource source, String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static List<String> ask(DataSource source, String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private static void apply(Database database, DataSource source, String... files)
      throws SQLException {
    try (Connection connection = source.getConnection();
        Sql sql = new Sql(connection)) {
      for (String file : files) {
        new Schema(database).apply(sql, file);
      }
    }
  }

  private static String message(@Nullable Throwable failure) {
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }

  private static EnrolledDevice device(String id) {
    return EnrolledDevice.builder()
        .id(id)
        .group("all")
        .platform(Platform.IOS)
        .desired(DesiredState.nothing())
        .lastSeen(NOON)
        .build();
  }

  private static DeviceCommit commit(String id, long expected, long revision) {
    return new DeviceCommit(
        id, expected, revision, Optional.of(device(id)), 0, List.of(), List.of());
  }

  private static List<Lane> lanes(DeviceStore store, Instant now, Instant until) {
    return store.claimLanes(TENANT, Channel.LABELS, now, until, 100, 100);
  }

  // the schema

  @ParameterizedTest
  @EnumSource
  void tables_are_made_once_and_what_is_in_them_stays(Database database) throws Exception {
    DataSource source = bare(database);
    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      store.commit(TENANT, List.of(commit("d", 0, 1)), NOON);
    }

    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      assertEquals(1, store.load(TENANT, List.of("d")).size());
    }
    try (DeviceStore store = JdbcDeviceStore.onMigrated(source)) {
      assertEquals(1, store.load(TENANT, List.of("d")).size());
    }
    assertEquals(
        List.of("1", "2", "3"),
        ask(source, "SELECT version FROM riskladder_schema ORDER BY version"));
  }

  @ParameterizedTest
  @EnumSource
  void tables_of_version_1_are_brought_up_to_date_with_what_is_in_them(Database database)
      throws Exception {
    DataSource source = bare(database);
    apply(database, source, Schema.FILES.get(0));
    String instant = StoredInstant.encode(NOON);
    run(
        source,
        "INSERT INTO riskladder_device (tenant, device, revision, policies, due, state) VALUES ('"
            + TENANT
            + "', 'd', 4, 2, '"
            + instant
            + "', '"
            + StateDocuments.write(device("d"))
            + "')",
        "INSERT INTO riskladder_answer (tenant, event, device, at) VALUES ('"
            + TENANT
            + "', 'e', 'd', '"
            + instant
            + "')",
        "INSERT INTO riskladder_lane (tenant, channel, device, since, not_before, claim, failures)"
            + " VALUES ('"
            + TENANT
            + "', 'LABELS', 'd', 7, '"
            + instant
            + "', 'of old', 3)",
        "INSERT INTO riskladder_posting (tenant, channel, device, number, at, effect) VALUES ('"
            + TENANT
            + "', 'LABELS', 'd', 8, '"
            + instant
            + "', '{\"at\":\"2026-03-01T12:00:00Z\",\"id\":\"x\",\"type\":\"ADD_LABEL\","
            + "\"device\":\"d\",\"label\":\"High\",\"cause\":{\"due\":true}}')");
    assertEquals(
        "the tables are of schema version 1, expected 3: apply [V2__levels_once_more.sql,"
            + " V3__posted.sql] of "
            + database.folder(),
        assertThrows(StoreException.class, () -> JdbcDeviceStore.onMigrated(source)).getMessage());

    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      assertEquals(
          Map.of("d", new StoredDevice(device("d"), 4, 2)), store.load(TENANT, List.of("d")));
      assertEquals(
          List.of("d"),
          store.claimDue(TENANT, NOON, LATER, 9).stream().map(d -> d.state().id()).toList());
      assertEquals(1, store.forgetAnswers(TENANT, LATER, 9));
      Lane lane = lanes(store, NOON, LATER).get(0);
      assertEquals(3, lane.failures());
      assertEquals(8, lane.waiting().get(0).number());
      Instant posted = lane.waiting().get(0).posted();
      assertFalse(posted.isBefore(before), () -> "posted " + posted + ", long ago");
      assertFalse(posted.isAfter(Instant.now()), () -> "posted " + posted + ", in the future");
      Lane anew = lanes(store, LATER, LATER.plusSeconds(1)).get(0);
      store.settle(TENANT, List.of(new LaneResult(anew, List.of(8L), Map.of(), 0, NOON)), NOON);
      store.settle(TENANT, List.of(new LaneResult(lane, List.of(8L), Map.of(), 0, NOON)), NOON);
      assertEquals(1, lanes(store, NOON, LATER).size(), "delivered once more");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tables_may_be_made_by_others_from_the_same_files(Database database) throws Exception {
    DataSource source = bare(database);
    apply(database, source, Schema.FILES.toArray(String[]::new));

    try (DeviceStore store = JdbcDeviceStore.onMigrated(source)) {
      store.commit(TENANT, List.of(commit("d", 0, 1)), NOON);
      assertEquals(1, store.figures(TENANT).devices());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tables_that_are_not_there_are_not_made_unless_asked(Database database) throws Exception {
    DataSource source = bare(database);

    assertEquals(
        "the tables are of schema version 0, expected 3: apply [V1__devices_and_lanes.sql,"
            + " V2__levels_once_more.sql, V3__posted.sql] of "
            + database.folder(),
        assertThrows(StoreException.class, () -> JdbcDeviceStore.onMigrated(source)).getMessage());
    try (Connection connection = source.getConnection();
        ResultSet tables =
            connection.getMetaData().getTables(null, null, "riskladder%", new String[] {"TABLE"})) {
      assertFalse(tables.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tables_that_are_newer_are_left_alone(Database database) throws Exception {
    DataSource source = bare(database);
    JdbcDeviceStore.on(source).close();
    run(source, "INSERT INTO riskladder_schema (version) VALUES (4)");

    String message =
        "the tables are of schema version 4, expected at most 3: a newer version of the library"
            + " was here";
    assertEquals(
        message, assertThrows(StoreException.class, () -> JdbcDeviceStore.on(source)).getMessage());
    assertEquals(
        message,
        assertThrows(StoreException.class, () -> JdbcDeviceStore.onMigrated(source)).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void instances_that_start_at_once_make_the_tables_once(Database database) throws Exception {
    DataSource source = bare(database);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> started =
          executor.invokeAll(
              Collections.nCopies(
                  4,
                  () -> {
                    try (DeviceStore store = JdbcDeviceStore.on(source)) {
                      return store.policies(TENANT, 0).size();
                    }
                  }));
      for (Future<Integer> one : started) {
        assertEquals(0, one.get());
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(List.of("3"), ask(source, "SELECT count(*) FROM riskladder_schema"));
  }

  @ParameterizedTest
  @EnumSource
  void a_step_that_fails_leaves_the_tables_as_they_were(Database database) throws Exception {
    DataSource source = bare(database);
    run(source, "CREATE TABLE riskladder_dead_letter (mine integer)");

    StoreException failure = assertThrows(StoreException.class, () -> JdbcDeviceStore.on(source));

    assertTrue(message(failure).startsWith("to migrate failed: "), failure.getMessage());
    run(source, "DROP TABLE riskladder_dead_letter");
    JdbcDeviceStore.on(source).close();
  }

  // failures

  @Test
  void databases_of_other_kinds_are_refused_by_name() {
    assertEquals(
        "dataSource: is of H2, expected PostgreSQL or SQLite",
        assertThrows(
                IllegalArgumentException.class, () -> JdbcDeviceStore.on(claimingToBe("H2", 2, 2)))
            .getMessage());
    assertEquals(
        "dataSource: is of PostgreSQL 12.9, expected 13.0 or later",
        assertThrows(
                IllegalArgumentException.class,
                () -> JdbcDeviceStore.on(claimingToBe("PostgreSQL", 12, 9)))
            .getMessage());
    assertEquals(
        "dataSource: is of SQLite 3.34, expected 3.35 or later",
        assertThrows(
                IllegalArgumentException.class,
                () -> JdbcDeviceStore.onMigrated(claimingToBe("SQLite", 3, 34)))
            .getMessage());
  }

  private static DataSource claimingToBe(String product, int major, int minor) {
    DatabaseMetaData data =
        proxy(
            DatabaseMetaData.class,
            Map.of(
                "getDatabaseProductName", product,
                "getDatabaseMajorVersion", major,
                "getDatabaseMinorVersion", minor));
    Connection connection = proxy(Connection.class, Map.of("getMetaData", data));
    return proxy(DataSource.class, Map.of("getConnection", connection));
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  @Test
  void a_database_that_cannot_be_reached_is_a_failure_of_the_store() {
    StoreException failure =
        assertThrows(
            StoreException.class,
            () -> JdbcDeviceStore.on(sqlite("jdbc:sqlite:" + folder.resolve("no/such/folder"))));

    assertTrue(message(failure).startsWith("to connect failed: "), failure.getMessage());
    assertInstanceOf(SQLException.class, failure.getCause());
  }

  @Test
  void sqlite_without_a_file_is_refused() {
    StoreException failure =
        assertThrows(
            StoreException.class, () -> JdbcDeviceStore.on(sqlite("jdbc:sqlite::memory:")));

    assertTrue(message(failure.getCause()).contains("expected wal"), failure::toString);
  }

  @Test
  void sqlite_is_as_durable_as_it_can_be() throws Exception {
    SQLiteDataSource source = sqlite("jdbc:sqlite:" + folder.resolve("store.db"));
    source.setSynchronous("OFF");
    source.setJournalMode("DELETE");
    try (SqliteTransactions transactions = new SqliteTransactions(source)) {
      assertEquals(
          List.of("2"),
          transactions.read(db -> db.sql().query("PRAGMA synchronous", r -> r.text(1))));
      assertEquals(
          List.of("wal"),
          transactions.read(db -> db.sql().query("PRAGMA journal_mode", r -> r.text(1))));
    }
  }

  @Test
  void a_server_that_does_not_wait_for_the_disk_is_found_out() throws Exception {
    DataSource forgetful = PostgresServer.shared();
    try (PostgresTransactions transactions = new PostgresTransactions(forgetful)) {
      assertEquals(
          List.of("fsync=off", "synchronous_commit=off"),
          transactions.write(
              db -> {
                db.sql().run("SET LOCAL synchronous_commit = off");
                return db.unsafeSettings();
              }));
    }
    try (PostgresServer server = PostgresServer.start(PostgresServer.Fsync.ON);
        PooledDataSource pool = server.pool();
        PostgresTransactions transactions = new PostgresTransactions(pool)) {
      assertEquals(List.of(), transactions.read(Statements::unsafeSettings));
    }
    try (SqliteTransactions transactions =
        new SqliteTransactions(sqlite("jdbc:sqlite:" + folder.resolve("store.db")))) {
      assertEquals(List.of(), transactions.read(Statements::unsafeSettings));
    }
  }

  @ParameterizedTest
  @EnumSource
  void failures_name_no_device_and_change_nothing(Database database) throws Exception {
    DataSource source = bare(database);
    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      store.commit(TENANT, List.of(commit("known", 0, 1)), NOON);
      run(source, "ALTER TABLE riskladder_posting RENAME TO gone_for_now");
      DeviceCommit commit =
          new DeviceCommit(
              "secret-device",
              0,
              1,
              Optional.of(device("secret-device")),
              0,
              List.of(),
              List.of(
                  new Effect.Unblock(
                      EffectHeader.builder()
                          .at(NOON)
                          .id("x")
                          .device("secret-device")
                          .cause(Cause.DUE)
                          .build())));

      StoreException failure =
          assertThrows(StoreException.class, () -> store.commit(TENANT, List.of(commit), NOON));

      assertTrue(message(failure).startsWith("to commit failed: "), failure.getMessage());
      assertFalse(message(failure).contains("secret"));
      run(source, "ALTER TABLE gone_for_now RENAME TO riskladder_posting");
      assertEquals(Map.of(), store.load(TENANT, List.of("secret-device")));
      assertEquals(Set.of(), store.commit(TENANT, List.of(commit), NOON));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_state_of_a_newer_format_keeps_nobody_from_the_other_devices(Database database)
      throws Exception {
    DataSource source = bare(database);
    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      store.commit(TENANT, List.of(commit("a", 0, 1), commit("b", 0, 1)), NOON);
      run(
          source,
          "UPDATE riskladder_device SET state = '{\"format\":999}', policies = -1 WHERE device = 'a'",
          "UPDATE riskladder_device SET due = '" + StoredInstant.encode(NOON) + "'");

      assertEquals(
          List.of(new StoredDevice(device("b"), 1, 0)), store.claimDue(TENANT, NOON, LATER, 9));
      assertEquals(
          Map.of("b", new StoredDevice(device("b"), 1, 0)),
          store.load(TENANT, List.of("a", "b", "unknown")));
      assertEquals(Set.of("a"), store.unreadable(TENANT, List.of("a", "b", "unknown")));
      for (int limit = 1; limit <= 3; limit++) {
        assertEquals(
            List.of(new StoredDevice(device("b"), 1, 0)),
            store.scan(TENANT, Optional.empty(), limit));
      }
      assertEquals(List.of(), store.scan(TENANT, Optional.of("b"), 1));
      assertEquals(Set.of("a"), store.commit(TENANT, List.of(commit("a", 0, 2)), NOON));
      assertEquals(Set.of(), store.commit(TENANT, List.of(commit("a", 1, 2)), NOON), "mended");
      assertEquals(Set.of(), store.unreadable(TENANT, List.of("a")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_effect_that_cannot_be_read_keeps_nobody_from_the_other_lanes(Database database)
      throws Exception {
    DataSource source = bare(database);
    try (DeviceStore store = JdbcDeviceStore.on(source)) {
      for (String id : List.of("a", "b")) {
        store.commit(
            TENANT,
            List.of(
                new DeviceCommit(
                    id,
                    0,
                    1,
                    Optional.empty(),
                    0,
                    List.of(),
                    List.of(
                        new Effect.AddLabel(
                            EffectHeader.builder()
                                .at(NOON)
                                .id("x")
                                .device(id)
                                .cause(Cause.DUE)
                                .build(),
                            "High")))),
            NOON);
      }
      run(source, "UPDATE riskladder_posting SET effect = '{}' WHERE device = 'a'");

      assertEquals(List.of("b"), lanes(store, NOON, LATER).stream().map(Lane::device).toList());
    }
  }

  // connections

  @Test
  void connections_of_postgresql_go_back_as_they_came_whatever_happens() throws Exception {
    PooledDataSource pool = (PooledDataSource) PostgresServer.sharedAndBare();
    try (DeviceStore store = JdbcDeviceStore.on(pool)) {
      store.commit(TENANT, List.of(commit("d", 0, 1)), NOON);
      store.load(TENANT, List.of("d"));
      run(pool, "ALTER TABLE riskladder_device RENAME TO gone_for_now");
      assertThrows(StoreException.class, () -> store.load(TENANT, List.of("d")));
      assertThrows(
          StoreException.class, () -> store.commit(TENANT, List.of(commit("e", 0, 1)), NOON));
    }

    assertEquals(0, pool.out());
    try (Connection connection = pool.getConnection()) {
      assertTrue(connection.getAutoCommit());
      assertEquals(List.of("0"), ask(pool, "SHOW lock_timeout"));
    }
  }

  @Test
  void a_host_whose_connections_do_not_commit_by_themselves_is_served_all_the_same()
      throws Exception {
    DataSource pool = PostgresServer.sharedAndBare();
    DataSource manual =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  Connection connection = pool.getConnection();
                  connection.setAutoCommit(false);
                  connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                  return connection;
                });
    try (DeviceStore store = JdbcDeviceStore.on(manual)) {
      store.commit(TENANT, List.of(commit("d", 0, 1)), NOON);
      assertEquals(1, store.load(TENANT, List.of("d")).size());
      assertEquals(Set.of("d"), store.commit(TENANT, List.of(commit("d", 0, 1)), NOON));
    } finally {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          connection.setAutoCommit(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
      }
    }
  }

  @Test
  void sqlite_needs_one_connection_and_gives_it_back() throws Exception {
    SQLiteDataSource source = sqlite("jdbc:sqlite:" + folder.resolve("store.db"));
    try (PooledDataSource pool = new PooledDataSource(source)) {
      DeviceStore store = JdbcDeviceStore.on(pool);
      store.commit(TENANT, List.of(commit("d", 0, 1)), NOON);
      store.figures(TENANT);
      assertEquals(1, pool.out());

      store.close();

      assertEquals(0, pool.out());
    }
  }

  @Test
  void on_sqlite_a_failure_costs_the_connection_and_the_next_call_has_a_new_one() throws Exception {
    SQLiteDataSource source = sqlite("jdbc:sqlite:" + folder.resolve("store.db"));
    try (PooledDataSource pool = new PooledDataSource(source);
        DeviceStore store = JdbcDeviceStore.on(pool)) {
      run(source, "ALTER TABLE riskladder_device RENAME TO gone_for_now");
      assertThrows(StoreException.class, () -> store.load(TENANT, List.of("d")));
      assertEquals(0, pool.out());
      run(source, "ALTER TABLE gone_for_now RENAME TO riskladder_device");

      assertEquals(Map.of(), store.load(TENANT, List.of("d")));
    }
  }

  // races, made to happen

  @Test
  void who_waits_for_another_instance_sees_what_that_one_did() throws Exception {
    DataSource pool = PostgresServer.sharedAndBare();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (DeviceStore store = JdbcDeviceStore.on(pool);
        Connection other = pool.getConnection()) {
      store.commit(TENANT, List.of(commit("d", 0, 1), commit("e", 0, 1)), NOON);
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.execute("UPDATE riskladder_device SET revision = 2 WHERE device = 'd'");
        statement.execute(
            "INSERT INTO riskladder_answer (tenant, event, device, at) VALUES ('contoso', 'taken',"
                + " 'x', '"
                + StoredInstant.encode(NOON)
                + "')");
        statement.execute(
            "INSERT INTO riskladder_device (tenant, device, revision, policies, state) VALUES"
                + " ('contoso', 'new', 2, 0, '{}')");
      }
      DeviceCommit taken =
          new DeviceCommit(
              "u",
              0,
              9,
              Optional.empty(),
              0,
              List.of(
                  new StoredAnswer("free", "u", NOON, Optional.empty()),
                  new StoredAnswer("taken", "u", NOON, Optional.empty())),
              List.of());
      Future<Set<String>> left =
          executor.submit(
              () ->
                  store.commit(
                      TENANT,
                      List.of(commit("d", 1, 9), commit("e", 1, 9), commit("new", 0, 9), taken),
                      NOON));
      awaitWaiting(pool, 1);
      other.commit();
      other.setAutoCommit(true);

      assertEquals(Set.of("d", "new", "u"), left.get());
      assertEquals(9, store.scan(TENANT, Optional.of("d"), 1).get(0).revision());
      assertEquals(List.of("taken"), ask(pool, "SELECT event FROM riskladder_answer"));
    } finally {
      executor.shutdownNow();
    }
  }

  /** Until so many sessions of the server wait for a lock. */
  private static void awaitWaiting(DataSource pool, int sessions) throws SQLException {
    String count =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <>"
            + " pg_backend_pid()";
    long end = System.nanoTime() + 30_000_000_000L;
    while (Integer.parseInt(ask(pool, count).get(0)) < sessions) {
      assertTrue(System.nanoTime() < end, "nobody waits for a lock");
      Thread.onSpinWait();
    }
  }

  @Test
  void what_is_posted_while_the_lane_is_taken_away_has_a_new_lane() throws Exception {
    DataSource pool = PostgresServer.sharedAndBare();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (DeviceStore store = JdbcDeviceStore.on(pool);
        Connection other = pool.getConnection()) {
      store.commit(TENANT, List.of(posting("x1")), NOON);
      Lane lane = lanes(store, NOON, LATER).get(0);
      other.setAutoCommit(false);
      // as settling does, in its own transaction
      PostgresStatements settling = new PostgresStatements(new Sql(other));
      settling.lockLanes(TENANT, List.of(LaneKey.of(lane)));
      Future<Set<String>> posted =
          executor.submit(() -> store.commit(TENANT, List.of(posting("x2")), NOON));
      awaitWaiting(pool, 1);
      settling.deletePostings(
          TENANT, List.of(new Rows.Gone(LaneKey.of(lane), lane.waiting().get(0).number())));
      settling.settle(TENANT, List.of(new Rows.Settled(LaneKey.of(lane), 0, LATER, false)));
      other.commit();
      other.setAutoCommit(true);

      assertEquals(Set.of(), posted.get());
      assertEquals(
          List.of("x2"),
          lanes(store, NOON, LATER).get(0).waiting().stream().map(w -> w.effect().id()).toList());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void a_lane_in_which_something_is_being_posted_is_settled_afterwards_and_stays()
      throws Exception {
    DataSource pool = PostgresServer.sharedAndBare();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (DeviceStore store = JdbcDeviceStore.on(pool);
        Connection other = pool.getConnection()) {
      store.commit(TENANT, List.of(posting("x1")), NOON);
      Lane lane = lanes(store, NOON, LATER).get(0);
      other.setAutoCommit(false);
      new PostgresStatements(new Sql(other))
          .post(TENANT, posting("x2").postings().stream().map(Documents::posting).toList(), NOON);
      Future<?> settled =
          executor.submit(
              () ->
                  store.settle(
                      TENANT,
                      List.of(
                          new LaneResult(
                              lane, List.of(lane.waiting().get(0).number()), Map.of(), 0, NOON)),
                      NOON));
      awaitWaiting(pool, 1);
      other.commit();
      other.setAutoCommit(true);
      settled.get();

      assertEquals(
          List.of("x2"),
          lanes(store, NOON, LATER).get(0).waiting().stream().map(w -> w.effect().id()).toList());
    } finally {
      executor.shutdownNow();
    }
  }

  private static DeviceCommit posting(String effect) {
    return new DeviceCommit(
        "d",
        0,
        1,
        Optional.empty(),
        0,
        List.of(),
        List.of(
            new Effect.AddLabel(
                EffectHeader.builder().at(NOON).id(effect).device("d").cause(Cause.DUE).build(),
                "High")));
  }

  @Test
  void a_deadlock_is_begun_anew_so_often_and_no_more() throws Exception {
    DataSource pool = PostgresServer.sharedAndBare();
    try (PostgresTransactions transactions = new PostgresTransactions(pool)) {
      List<Integer> attempts = new ArrayList<>();
      assertEquals(
          "done",
          transactions.write(
              db -> {
                attempts.add(attempts.size());
                if (attempts.size() < PostgresTransactions.MAX_ATTEMPTS) {
                  throw new SQLException("deadlock", "40P01");
                }
                return "done";
              }));
      assertEquals(PostgresTransactions.MAX_ATTEMPTS, attempts.size());
      attempts.clear();
      assertThrows(
          SQLException.class,
          () ->
              transactions.write(
                  db -> {
                    attempts.add(attempts.size());
                    throw new SQLException("conflict", "40001");
                  }));
      assertEquals(PostgresTransactions.MAX_ATTEMPTS, attempts.size());
      attempts.clear();
      assertThrows(
          SQLException.class,
          () ->
              transactions.write(
                  db -> {
                    attempts.add(attempts.size());
                    throw new SQLException("no connection", "08006");
                  }));
      assertEquals(1, attempts.size());
    }
  }
}
