-- Riskladder, schema version 3, for PostgreSQL 13 and later. Applied in one transaction.

-- When an effect began to wait. What waits already began now, as far as is known, and so does what an engine posts that
-- does not know of this column yet.
ALTER TABLE riskladder_posting ADD COLUMN posted text COLLATE "C" NOT NULL
  DEFAULT lpad(floor(extract(epoch FROM now()))::bigint::text, 12, '0') || '.000000000';

INSERT INTO riskladder_schema (version) VALUES (3);
