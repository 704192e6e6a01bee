-- What the planner was given when it decided something, so that it can be asked again. A text that is longer than a
-- column may be is in several parts; the sizes stand by themselves, as they are summed up with each row that is added.
-- H2 commits each statement by itself, so a killed migration may be run again from its beginning.

CREATE TABLE IF NOT EXISTS decision (
    serial BIGINT PRIMARY KEY,
    at_millis BIGINT NOT NULL,
    size BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS decision_part (
    serial BIGINT NOT NULL,
    part INT NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (serial, part)
);

UPDATE schema_info SET version = 7;
