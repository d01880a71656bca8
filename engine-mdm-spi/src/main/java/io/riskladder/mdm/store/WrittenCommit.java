package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.DeviceCommit;
import java.util.List;
import java.util.Optional;

/** A commit, written down before a transaction begins. */
record WrittenCommit(
    DeviceCommit commit, Optional<Rows.Device> device, List<Rows.Posting> postings) {
  static WrittenCommit of(DeviceCommit commit) {
    return new WrittenCommit(
        commit,
        Documents.device(commit),
        commit.postings().stream().map(Documents::posting).toList());
  }

  String id() {
    return commit.device();
  }
}
