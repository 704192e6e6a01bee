-- Which spec was put in force last; at most one row.
-- H2 commits each statement by itself, so a killed migration may be run again from its beginning.

CREATE TABLE IF NOT EXISTS spec_in_force (
    id SMALLINT PRIMARY KEY,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

UPDATE schema_info SET version = 3;
