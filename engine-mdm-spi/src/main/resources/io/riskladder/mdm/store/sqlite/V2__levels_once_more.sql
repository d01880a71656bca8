-- Riskladder, schema version 2, for SQLite 3.35 and later. Applied in one transaction.

-- A level that a late engine may have overwritten is delivered once more, even if nothing waits.
ALTER TABLE riskladder_lane ADD COLUMN again INTEGER NOT NULL DEFAULT 0;

-- Old answers are found without reading the others.
CREATE INDEX riskladder_answer_at ON riskladder_answer (tenant, at);

INSERT INTO riskladder_schema (version) VALUES (2);
