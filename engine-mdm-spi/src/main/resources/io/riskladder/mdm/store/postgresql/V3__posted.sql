-- Riskladder, schema version 3, for PostgreSQL 13 and later. Applied in one transaction.

-- When an effect began to wait. What waits already began now, as far as is known, and so does what an engine posts that
-- does not know of this column yet.
ALTER TABLE riskladder_posting ADD COLUMN posted text COLLATE "C" NOT NULL
  DEFAULT lpad(floor(extract(epoch FROM now()))::bigint::text, 12, '0') || '.000000000';

-- Lanes and postings come and go all the time: what is gone is to be cleared away before it is in the way of claims.
ALTER TABLE riskladder_lane SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE riskladder_posting SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02);

INSERT INTO riskladder_schema (version) VALUES (3);
