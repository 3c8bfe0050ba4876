-- A line's register of units and its ledger's leaves. Rows that prove something are never changed or removed.

CREATE TABLE ledger (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    origin    TEXT NOT NULL,
    line      TEXT NOT NULL
) STRICT;

CREATE TABLE license (
    admission        INTEGER PRIMARY KEY,
    policy_oid       TEXT    NOT NULL,
    revision         INTEGER NOT NULL,
    envelope         BLOB    NOT NULL,
    admitted_at_millis INTEGER NOT NULL,
    UNIQUE (policy_oid, revision)
) STRICT;

-- Units of the quota that are taken: claimed and not voided.
CREATE TABLE license_use (
    policy_oid TEXT PRIMARY KEY,
    quota      INTEGER NOT NULL,
    used       INTEGER NOT NULL CHECK (used >= 0)
) STRICT;

-- The last counter given out under a prefix. It only grows: a serial is never used again.
CREATE TABLE serial_space (
    prefix      TEXT PRIMARY KEY,
    last_number INTEGER NOT NULL CHECK (last_number >= 1)
) STRICT;

CREATE TABLE export_authorisation (
    payload_sha256 BLOB PRIMARY KEY CHECK (length(payload_sha256) = 32),
    envelope       BLOB NOT NULL
) STRICT;

CREATE TABLE unit (
    claim_order        INTEGER PRIMARY KEY,
    serial             TEXT NOT NULL UNIQUE,
    idevid_key_sha256  BLOB NOT NULL UNIQUE CHECK (length(idevid_key_sha256) = 32),
    hardware_id_sha256 BLOB NOT NULL CHECK (length(hardware_id_sha256) = 32),
    policy_oid         TEXT NOT NULL REFERENCES license_use (policy_oid),
    state              TEXT NOT NULL,
    claimed_at_millis  INTEGER NOT NULL
) STRICT;

-- A board whose claim was voided may claim again, with a new key.
CREATE UNIQUE INDEX unit_by_hardware ON unit (hardware_id_sha256) WHERE state <> 'VOIDED';

CREATE TABLE journal (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    serial    TEXT    NOT NULL REFERENCES unit (serial),
    at_millis INTEGER NOT NULL,
    actor_id  TEXT    NOT NULL,
    step      TEXT    NOT NULL,
    detail    TEXT    NOT NULL
) STRICT;

CREATE INDEX journal_by_serial ON journal (serial);

CREATE TABLE document (
    serial TEXT NOT NULL REFERENCES unit (serial),
    name   TEXT NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (serial, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf (
    leaf_index INTEGER PRIMARY KEY,
    serial     TEXT NOT NULL,
    bytes      BLOB NOT NULL,
    leaf_hash  BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;

CREATE INDEX leaf_by_serial ON leaf (serial);

-- Checkpoints that a quorum of witnesses cosigned, as signed notes.
CREATE TABLE cosigned_checkpoint (
    size INTEGER PRIMARY KEY,
    note BLOB NOT NULL
) STRICT;

CREATE TRIGGER leaf_is_final BEFORE UPDATE ON leaf BEGIN SELECT RAISE (ABORT, 'a leaf is final'); END;
CREATE TRIGGER leaf_stays BEFORE DELETE ON leaf BEGIN SELECT RAISE (ABORT, 'a leaf stays'); END;
CREATE TRIGGER journal_is_final BEFORE UPDATE ON journal BEGIN SELECT RAISE (ABORT, 'a journal entry is final'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE (ABORT, 'a journal entry stays'); END;
CREATE TRIGGER unit_stays BEFORE DELETE ON unit BEGIN SELECT RAISE (ABORT, 'a unit stays'); END;
