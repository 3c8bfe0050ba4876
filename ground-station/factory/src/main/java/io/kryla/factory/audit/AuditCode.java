package io.kryla.factory.audit;

/**
 * What an audit says by itself; its findings also have the codes of the parts that it calls. All of them stand in
 * docs/audit.md, and each has a test.
 */
enum AuditCode {
    ACCEPTANCE_MISMATCH,
    ANCHOR_MISMATCH,
    AUTHORISATION_LEDGER,
    BAD_NOTE,
    BIRTH_MISMATCH,
    CHAIN_BROKEN,
    CHECKPOINT_ROLLBACK,
    CRL_SIGNATURE,
    FILE_MISSING,
    FIRMWARE_FLOOR,
    FIRMWARE_MISMATCH,
    HEADER_MISMATCH,
    INCONSISTENT,
    LEDGER_MISMATCH,
    LICENSE_MISMATCH,
    LINE_CA_MISMATCH,
    MALFORMED,
    MANIFEST_TIME,
    MEASUREMENT_FAILED,
    NAME,
    NONCE_MISMATCH,
    PATH,
    RECORDING_MISMATCH,
    SERIAL_MISMATCH,
    SUMMARY_MISMATCH,
    UNIT_STATEMENT_MISMATCH,
    WRONG_ORIGIN,
    WRONG_ROOT
}
