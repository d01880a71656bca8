-- Riskladder, schema version 1, for SQLite 3.35 and later. Applied in one transaction.
-- Instants are texts of fixed width that sort in order of time: seconds since 1970 in twelve digits, a point, nine
-- digits of nanoseconds. In texts U+0001 is an escape: followed by U+0001 it stands for U+0000, and by U+0002 for itself.

CREATE TABLE riskladder_schema (
  version INTEGER NOT NULL PRIMARY KEY
);

CREATE TABLE riskladder_policies (
  tenant   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  mode     TEXT NOT NULL,
  at       TEXT NOT NULL,
  policies TEXT NOT NULL,
  PRIMARY KEY (tenant, version)
);

CREATE TABLE riskladder_device (
  tenant        TEXT NOT NULL,
  device        TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  policies      INTEGER NOT NULL,
  due           TEXT,
  claimed_until TEXT,
  state         TEXT NOT NULL,
  PRIMARY KEY (tenant, device)
);

CREATE INDEX riskladder_device_due ON riskladder_device (tenant, due, device) WHERE due IS NOT NULL;
CREATE INDEX riskladder_device_policies ON riskladder_device (tenant, policies, device);

CREATE TABLE riskladder_answer (
  tenant    TEXT NOT NULL,
  event     TEXT NOT NULL,
  device    TEXT NOT NULL,
  at        TEXT NOT NULL,
  rejection TEXT,
  PRIMARY KEY (tenant, event)
) WITHOUT ROWID;

-- The order in which lanes were made: a lane's number is never given twice, as with postings.
CREATE TABLE riskladder_lane (
  since      INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     TEXT NOT NULL,
  channel    TEXT NOT NULL,
  device     TEXT NOT NULL,
  not_before TEXT NOT NULL,
  claim      TEXT,
  failures   INTEGER NOT NULL,
  UNIQUE (tenant, channel, device)
);

CREATE INDEX riskladder_lane_turn ON riskladder_lane (tenant, channel, not_before, since);

CREATE TABLE riskladder_posting (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant  TEXT NOT NULL,
  channel TEXT NOT NULL,
  device  TEXT NOT NULL,
  at      TEXT NOT NULL,
  effect  TEXT NOT NULL
);

CREATE INDEX riskladder_posting_lane ON riskladder_posting (tenant, channel, device, number);

CREATE TABLE riskladder_dead_letter (
  number  INTEGER PRIMARY KEY,
  tenant  TEXT NOT NULL,
  channel TEXT NOT NULL,
  device  TEXT NOT NULL,
  at      TEXT NOT NULL,
  effect  TEXT NOT NULL,
  reason  TEXT NOT NULL,
  dead_at TEXT NOT NULL
);

CREATE INDEX riskladder_dead_letter_tenant ON riskladder_dead_letter (tenant, number);

INSERT INTO riskladder_schema (version) VALUES (1);
