-- Quotas that were found used up, each once for all that it covers.
-- H2 commits each statement by itself, so a killed migration may be run again from its beginning.

CREATE TABLE IF NOT EXISTS closed_scope (
    scope VARCHAR(1000) PRIMARY KEY,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

UPDATE schema_info SET version = 4;
