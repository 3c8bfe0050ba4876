package io.kryla.factory.ledger;

import java.sql.SQLException;

/** Translates what PostgreSQL says (its documentation, appendix A: error codes) into codes that an operator can act on. */
final class PostgresFault {
    private static final String DISK_FULL = "53100";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String READ_ONLY_TRANSACTION = "25006";
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String STATEMENT_TIMEOUT = "57014";

    private PostgresFault() {}

    static LedgerException translate(String name, Throwable thrown) {
        String state = stateOf(thrown);
        if (state.equals(DISK_FULL)) {
            return fault(
                    LedgerException.STORAGE_FULL,
                    name + ": no room left; nothing was recorded; free space on the server and repeat the step",
                    true,
                    thrown);
        }
        if (state.equals(READ_ONLY_TRANSACTION)) {
            return fault(
                    LedgerException.STORAGE_READ_ONLY,
                    name + ": cannot be written; nothing was recorded; connect to the primary server",
                    false,
                    thrown);
        }
        if (state.equals(LOCK_NOT_AVAILABLE) || state.equals(STATEMENT_TIMEOUT) || state.startsWith("53")) {
            return fault(
                    LedgerException.LEDGER_BUSY,
                    name + ": busy with other services of the line; nothing was recorded; repeat the step",
                    true,
                    thrown);
        }
        if (state.startsWith("28") || state.equals(INSUFFICIENT_PRIVILEGE) || state.equals(NO_SUCH_DATABASE)) {
            return fault(
                    LedgerException.LEDGER_DENIED,
                    name + ": the server does not let this user in (" + reasonOf(thrown)
                            + "); check user, password and the database's owner",
                    false,
                    thrown);
        }
        if (state.startsWith("XX")) {
            return fault(
                    LedgerException.LEDGER_CORRUPT,
                    name + ": damaged (" + reasonOf(thrown) + "); restore it from the line's backup",
                    false,
                    thrown);
        }
        if (isConnection(state)) {
            return fault(
                    LedgerException.LEDGER_UNREACHABLE,
                    name + ": the connection was lost (" + reasonOf(thrown)
                            + "); the step may or may not be recorded; repeat it when the server answers again",
                    true,
                    thrown);
        }
        return fault(
                LedgerException.STORAGE_FAILED,
                name + ": the step was not recorded (" + reasonOf(thrown) + "); reopen the ledger",
                false,
                thrown);
    }

    /** Class 08, the shutdown codes of class 57, the server's end of an idle transaction, or no answer at all. */
    private static boolean isConnection(String state) {
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals(IDLE_IN_TRANSACTION_TIMEOUT);
    }

    private static LedgerException fault(String code, String message, boolean retryable, Throwable cause) {
        return new LedgerException(code, message, retryable, cause);
    }

    private static String stateOf(Throwable thrown) {
        String state = "";
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException && ((SQLException) t).getSQLState() != null) {
                state = ((SQLException) t).getSQLState();
            }
        }
        return state;
    }

    private static String reasonOf(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    }
}
