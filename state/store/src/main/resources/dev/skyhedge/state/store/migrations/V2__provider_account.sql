-- What each provider was, shared by all machines that share the state.
-- H2 commits each statement by itself, so a killed migration may be run again from its beginning.

CREATE TABLE IF NOT EXISTS provider_account (
    provider VARCHAR(200) PRIMARY KEY,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

UPDATE schema_info SET version = 2;
