-- Riskladder, schema version 3, for SQLite 3.35 and later. Applied in one transaction.

-- When an effect began to wait. What waits already began now, as far as is known.
ALTER TABLE riskladder_posting ADD COLUMN posted TEXT NOT NULL DEFAULT '000000000000.000000000';
UPDATE riskladder_posting SET posted = printf('%012d.000000000', strftime('%s', 'now'));

INSERT INTO riskladder_schema (version) VALUES (3);
