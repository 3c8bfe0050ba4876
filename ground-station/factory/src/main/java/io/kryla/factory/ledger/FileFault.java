package io.kryla.factory.ledger;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** Translates trouble with a file or folder beside the database. */
final class FileFault {
    private FileFault() {}

    static LedgerException translate(Path where, Exception thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (message.contains("No space left")) {
            return fault(LedgerException.STORAGE_FULL, where + ": no room left; free space and repeat", true, thrown);
        }
        boolean readOnly = thrown instanceof AccessDeniedException
                || thrown instanceof ReadOnlyFileSystemException
                || message.contains("Read-only");
        return fault(
                readOnly ? LedgerException.STORAGE_READ_ONLY : LedgerException.STORAGE_FAILED,
                where + ": a folder that can be written expected ("
                        + thrown.getClass().getSimpleName() + ": " + message + "); check mount and permissions",
                false,
                thrown);
    }

    private static LedgerException fault(String code, String message, boolean retryable, Exception cause) {
        return new LedgerException(code, message, retryable, cause);
    }
}
