package io.riskladder.mdm.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Keeps connections that were closed, and gives them out again: as little of a pool as will do. */
public final class PooledDataSource implements DataSource, AutoCloseable {
  /** Opens a new connection. */
  private interface Source {
    Connection open() throws SQLException;
  }

  private final Source source;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final AtomicInteger out = new AtomicInteger();

  /**
   * A pool with nothing in it yet.
   *
   * @param source where new connections come from
   */
  public PooledDataSource(DataSource source) {
    this.source = source::getConnection;
  }

  /**
   * A pool with nothing in it yet.
   *
   * @param url the database's
   */
  public PooledDataSource(String url) {
    this.source = () -> DriverManager.getConnection(url);
  }

  /** {@return how many connections were taken and not given back} */
  public int out() {
    return out.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection known;
    synchronized (idle) {
      known = idle.poll();
    }
    Connection connection = known == null ? source.open() : known;
    out.incrementAndGet();
    return lend(connection);
  }

  private Connection lend(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            PooledDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                takeBack(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void takeBack(Connection connection) throws SQLException {
    out.decrementAndGet();
    if (!connection.isClosed()) {
      if (!connection.getAutoCommit()) {
        connection.rollback(); // a test that failed may have left something open
        connection.setAutoCommit(true);
      }
      synchronized (idle) {
        idle.push(connection);
      }
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      for (Connection connection : idle) {
        try {
          connection.close();
        } catch (SQLException e) {
          throw new IllegalStateException("a connection does not close", e);
        }
      }
      idle.clear();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("this pool is of one user");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("this pool has no log");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("this pool has no log");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("this pool has no timeout");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("this pool wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
