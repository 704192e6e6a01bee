-- What people told whoever controls the state to do, and what became of it.
-- H2 commits each statement by itself, so a killed migration may be run again from its beginning.

CREATE TABLE IF NOT EXISTS placed_order (
    ordinal BIGINT PRIMARY KEY,
    is_open BOOLEAN NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

UPDATE schema_info SET version = 5;
