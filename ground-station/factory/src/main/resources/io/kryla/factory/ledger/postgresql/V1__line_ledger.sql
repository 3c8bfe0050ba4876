-- A line's register of units and its ledger's leaves: the tables of sqlite/V1 and V2, in PostgreSQL's types. Rows that
-- prove something are never changed or removed.

CREATE TABLE ledger (
    singleton SMALLINT PRIMARY KEY CHECK (singleton = 1),
    origin    TEXT NOT NULL,
    line      TEXT NOT NULL,
    changes   BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE license (
    admission          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_oid         TEXT   NOT NULL,
    revision           BIGINT NOT NULL,
    envelope           BYTEA  NOT NULL,
    admitted_at_millis BIGINT NOT NULL,
    UNIQUE (policy_oid, revision)
);

-- Units of the quota that are taken: claimed and not voided.
CREATE TABLE license_use (
    policy_oid TEXT PRIMARY KEY,
    quota      BIGINT NOT NULL,
    used       BIGINT NOT NULL CHECK (used >= 0)
);

-- The last counter given out under a prefix. It only grows: a serial is never used again.
CREATE TABLE serial_space (
    prefix      TEXT PRIMARY KEY,
    last_number BIGINT NOT NULL CHECK (last_number >= 1)
);

CREATE TABLE export_authorisation (
    payload_sha256 BYTEA PRIMARY KEY CHECK (length(payload_sha256) = 32),
    envelope       BYTEA NOT NULL
);

CREATE TABLE unit (
    claim_order        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial             TEXT   NOT NULL UNIQUE,
    idevid_key_sha256  BYTEA  NOT NULL UNIQUE CHECK (length(idevid_key_sha256) = 32),
    hardware_id_sha256 BYTEA  NOT NULL CHECK (length(hardware_id_sha256) = 32),
    policy_oid         TEXT   NOT NULL REFERENCES license_use (policy_oid),
    state              TEXT   NOT NULL,
    claimed_at_millis  BIGINT NOT NULL
);

-- A board whose claim was voided may claim again, with a new key.
CREATE UNIQUE INDEX unit_by_hardware ON unit (hardware_id_sha256) WHERE state <> 'VOIDED';

CREATE TABLE journal (
    sequence  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial    TEXT   NOT NULL REFERENCES unit (serial),
    at_millis BIGINT NOT NULL,
    actor_id  TEXT   NOT NULL,
    step      TEXT   NOT NULL,
    detail    TEXT   NOT NULL
);

CREATE INDEX journal_by_serial ON journal (serial);

CREATE TABLE document (
    serial TEXT  NOT NULL REFERENCES unit (serial),
    name   TEXT  NOT NULL,
    bytes  BYTEA NOT NULL,
    PRIMARY KEY (serial, name)
);

CREATE TABLE leaf (
    leaf_index BIGINT PRIMARY KEY,
    serial     TEXT  NOT NULL,
    bytes      BYTEA NOT NULL,
    leaf_hash  BYTEA NOT NULL CHECK (length(leaf_hash) = 32)
);

CREATE INDEX leaf_by_serial ON leaf (serial);

-- Checkpoints that a quorum of witnesses cosigned, as signed notes.
CREATE TABLE cosigned_checkpoint (
    size BIGINT PRIMARY KEY,
    note BYTEA NOT NULL
);

CREATE FUNCTION row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is final', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER leaf_is_final BEFORE UPDATE OR DELETE ON leaf FOR EACH ROW EXECUTE FUNCTION row_is_final();
CREATE TRIGGER leaf_stays BEFORE TRUNCATE ON leaf EXECUTE FUNCTION row_is_final();
CREATE TRIGGER journal_is_final BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION row_is_final();
CREATE TRIGGER journal_stays BEFORE TRUNCATE ON journal EXECUTE FUNCTION row_is_final();
CREATE TRIGGER unit_stays BEFORE DELETE ON unit FOR EACH ROW EXECUTE FUNCTION row_is_final();
