package io.kryla.factory.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Translates what SQLite says (sqlite.org/rescode.html) into codes that an operator can act on. */
final class SqliteFault {
    private static final int PRIMARY_CODE_MASK = 0xff;

    private SqliteFault() {}

    static LedgerException translate(Path file, Throwable thrown) {
        SQLiteErrorCode primary = primaryCodeOf(thrown);
        switch (primary) {
            case SQLITE_FULL:
                return fault(
                        LedgerException.STORAGE_FULL,
                        file + ": no room left; nothing was recorded; free space and repeat the step",
                        true,
                        thrown);
            case SQLITE_READONLY:
            case SQLITE_CANTOPEN:
            case SQLITE_PERM:
                return fault(
                        LedgerException.STORAGE_READ_ONLY,
                        file + ": cannot be written; nothing was recorded; check mount and permissions",
                        false,
                        thrown);
            case SQLITE_BUSY:
            case SQLITE_LOCKED:
                return fault(
                        LedgerException.LEDGER_BUSY,
                        file + ": locked by another program; nothing was recorded; close that program and repeat",
                        true,
                        thrown);
            case SQLITE_CORRUPT:
            case SQLITE_NOTADB:
                return fault(
                        LedgerException.LEDGER_CORRUPT,
                        file + ": not a ledger database, or damaged; restore it from the line's backup",
                        false,
                        thrown);
            default:
                return fault(
                        LedgerException.STORAGE_FAILED,
                        file + ": the step was not recorded (" + thrown.getMessage() + "); reopen the ledger",
                        false,
                        thrown);
        }
    }

    private static LedgerException fault(String code, String message, boolean retryable, Throwable cause) {
        return new LedgerException(code, message, retryable, cause);
    }

    private static SQLiteErrorCode primaryCodeOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException) {
                return SQLiteErrorCode.getErrorCode(((SQLiteException) t).getResultCode().code & PRIMARY_CODE_MASK);
            }
            if (t instanceof SQLException && ((SQLException) t).getErrorCode() != 0) {
                return SQLiteErrorCode.getErrorCode(((SQLException) t).getErrorCode() & PRIMARY_CODE_MASK);
            }
        }
        return SQLiteErrorCode.SQLITE_ERROR;
    }
}
