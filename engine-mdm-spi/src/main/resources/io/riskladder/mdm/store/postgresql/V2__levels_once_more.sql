-- Riskladder, schema version 2, for PostgreSQL 13 and later. Applied in one transaction.

-- A level that a late engine may have overwritten is delivered once more, even if nothing waits.
ALTER TABLE riskladder_lane ADD COLUMN again boolean NOT NULL DEFAULT false;

-- Old answers are found without reading the others.
CREATE INDEX riskladder_answer_at ON riskladder_answer (tenant, at);

INSERT INTO riskladder_schema (version) VALUES (2);
