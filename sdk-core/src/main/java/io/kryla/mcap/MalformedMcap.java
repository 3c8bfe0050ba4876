package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;

/** Unwinds the reader at the first fault; never leaves this package. */
final class MalformedMcap extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;

    MalformedMcap(Code code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
