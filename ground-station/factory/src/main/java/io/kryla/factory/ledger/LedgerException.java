package io.kryla.factory.ledger;

import io.kryla.keys.KrylaException;

/**
 * The ledger's storage is broken, full, read-only or in use. Whatever was asked for did not happen, not even half; after
 * {@link #LEDGER_UNREACHABLE} it may have happened whole, and asking again finds out.
 */
public final class LedgerException extends KrylaException {
    private static final long serialVersionUID = 1L;

    public static final String LEDGER_BUSY = "LEDGER_BUSY";
    public static final String LEDGER_CORRUPT = "LEDGER_CORRUPT";
    public static final String LEDGER_FOREIGN = "LEDGER_FOREIGN";
    /** There is no ledger where one was named. */
    public static final String LEDGER_MISSING = "LEDGER_MISSING";
    /** The database's address is none, or holds what belongs beside it. */
    public static final String LEDGER_ADDRESS = "LEDGER_ADDRESS";
    /** The database server does not let the user in. */
    public static final String LEDGER_DENIED = "LEDGER_DENIED";
    /** The connection to the database was lost or never came up. */
    public static final String LEDGER_UNREACHABLE = "LEDGER_UNREACHABLE";
    /** The database server may lose what it acknowledged. */
    public static final String STORAGE_NOT_DURABLE = "STORAGE_NOT_DURABLE";

    public static final String STORAGE_FULL = "STORAGE_FULL";
    public static final String STORAGE_READ_ONLY = "STORAGE_READ_ONLY";
    public static final String STORAGE_FAILED = "STORAGE_FAILED";

    public LedgerException(String code, String message, boolean retryable) {
        super(code, message, retryable);
    }

    public LedgerException(String code, String message, boolean retryable, Throwable cause) {
        super(code, message, retryable, cause);
    }
}
