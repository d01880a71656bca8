package io.riskladder.benchmarks.stores;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Keeps what was decided on devices, a batch in a transaction. All leave the same rows behind, but
 * for revisions, numbers and names of claims.
 */
public interface Keeper extends AutoCloseable {
  /**
   * Loads devices, and commits what events made of them.
   *
   * @param changes what is to be kept, each of another device
   * @throws SQLException if the database fails
   */
  void events(List<Change> changes) throws SQLException;

  /**
   * Claims devices of which a rung is due, and commits what that makes of them.
   *
   * @param changes what is to be kept, by the device's id
   * @param limit how many devices at most
   * @return how many there were
   * @throws SQLException if the database fails
   */
  int dueRungs(Map<String, Change> changes, int limit) throws SQLException;

  /**
   * Claims what waits on the channel of labels, and settles it as done.
   *
   * @param limit how many devices at most
   * @return how many there were
   * @throws SQLException if the database fails
   */
  int deliveries(int limit) throws SQLException;

  @Override
  void close() throws SQLException;
}
