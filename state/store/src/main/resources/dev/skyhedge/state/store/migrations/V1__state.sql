-- One script for H2 and PostgreSQL: only what both understand alike.
-- Bodies are canonical JSON; row_sha256 covers the table, the key, the serial and the body of its row.

CREATE TABLE schema_info (
    version INTEGER NOT NULL
);
INSERT INTO schema_info (version) VALUES (1);

CREATE TABLE meta (
    id SMALLINT PRIMARY KEY,
    lineage VARCHAR(64) NOT NULL,
    serial BIGINT NOT NULL,
    tick BIGINT NOT NULL,
    last_ordinal BIGINT NOT NULL,
    oldest_readable BIGINT NOT NULL,
    rows_digest BIGINT NOT NULL,
    nonempty_since BIGINT,
    last_commit VARCHAR(200) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

CREATE TABLE lease (
    id SMALLINT PRIMARY KEY,
    epoch BIGINT NOT NULL,
    claim VARCHAR(4000),
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

CREATE TABLE service (
    name VARCHAR(200) PRIMARY KEY,
    serial BIGINT NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);

CREATE TABLE replica (
    service VARCHAR(200) NOT NULL,
    name VARCHAR(200) NOT NULL,
    generation INTEGER NOT NULL,
    live BOOLEAN NOT NULL,
    created_serial BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (service, name, generation)
);

CREATE TABLE intent (
    id VARCHAR(400) PRIMARY KEY,
    ordinal BIGINT NOT NULL UNIQUE,
    is_open BOOLEAN NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    outcome VARCHAR(1000000),
    row_sha256 CHAR(64) NOT NULL
);
CREATE INDEX intent_open ON intent (is_open, ordinal);

CREATE TABLE zone_health (
    location VARCHAR(400) NOT NULL,
    accelerator VARCHAR(100) NOT NULL,
    market VARCHAR(20) NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (location, accelerator, market)
);

CREATE TABLE event (
    ordinal BIGINT PRIMARY KEY,
    service VARCHAR(200) NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL
);
CREATE INDEX event_service ON event (service, ordinal);

CREATE TABLE spend (
    service VARCHAR(200) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject VARCHAR(400) NOT NULL,
    from_millis BIGINT NOT NULL,
    body VARCHAR(1000000) NOT NULL,
    row_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (service, kind, subject, from_millis)
);

CREATE TABLE history (
    serial BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    at_millis BIGINT NOT NULL,
    table_name VARCHAR(20) NOT NULL,
    row_key VARCHAR(700) NOT NULL,
    before_json VARCHAR(1000000),
    after_json VARCHAR(1000000),
    row_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (serial, ordinal)
);
