-- Riskladder, schema version 1, for PostgreSQL 13 and later. Applied in one transaction.
-- Ids are compared byte by byte, whatever the database's collation. Instants are texts of fixed width that sort in
-- order of time: seconds since 1970 in twelve digits, a point, nine digits of nanoseconds. In texts U+0001 is an escape:
-- followed by U+0001 it stands for U+0000, which PostgreSQL has no room for, and by U+0002 for itself.

CREATE TABLE riskladder_schema (
  version integer NOT NULL PRIMARY KEY
);

CREATE TABLE riskladder_policies (
  tenant   text COLLATE "C" NOT NULL,
  version  integer NOT NULL,
  mode     text NOT NULL,
  at       text COLLATE "C" NOT NULL,
  policies text NOT NULL,
  PRIMARY KEY (tenant, version)
);

-- To claim a device changes no column that is indexed, so that it can stay on its page where there is room.
CREATE TABLE riskladder_device (
  tenant        text COLLATE "C" NOT NULL,
  device        text COLLATE "C" NOT NULL,
  revision      bigint NOT NULL,
  policies      integer NOT NULL,
  due           text COLLATE "C",
  claimed_until text COLLATE "C",
  state         text NOT NULL,
  PRIMARY KEY (tenant, device)
) WITH (fillfactor = 80);

CREATE INDEX riskladder_device_due ON riskladder_device (tenant, due, device) WHERE due IS NOT NULL;
CREATE INDEX riskladder_device_policies ON riskladder_device (tenant, policies, device);

CREATE TABLE riskladder_answer (
  tenant    text COLLATE "C" NOT NULL,
  event     text COLLATE "C" NOT NULL,
  device    text COLLATE "C" NOT NULL,
  at        text COLLATE "C" NOT NULL,
  rejection text,
  PRIMARY KEY (tenant, event)
);

-- Numbers of postings, and the order in which lanes were made.
CREATE SEQUENCE riskladder_number;

CREATE TABLE riskladder_lane (
  tenant     text COLLATE "C" NOT NULL,
  channel    text COLLATE "C" NOT NULL,
  device     text COLLATE "C" NOT NULL,
  since      bigint NOT NULL,
  not_before text COLLATE "C" NOT NULL,
  claim      text,
  failures   integer NOT NULL,
  PRIMARY KEY (tenant, channel, device)
);

CREATE INDEX riskladder_lane_turn ON riskladder_lane (tenant, channel, not_before, since);

CREATE TABLE riskladder_posting (
  tenant  text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  device  text COLLATE "C" NOT NULL,
  number  bigint NOT NULL,
  at      text COLLATE "C" NOT NULL,
  effect  text NOT NULL,
  PRIMARY KEY (tenant, channel, device, number)
);

CREATE TABLE riskladder_dead_letter (
  tenant  text COLLATE "C" NOT NULL,
  number  bigint NOT NULL,
  channel text COLLATE "C" NOT NULL,
  device  text COLLATE "C" NOT NULL,
  at      text COLLATE "C" NOT NULL,
  effect  text NOT NULL,
  reason  text NOT NULL,
  dead_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, number)
);

INSERT INTO riskladder_schema (version) VALUES (1);
