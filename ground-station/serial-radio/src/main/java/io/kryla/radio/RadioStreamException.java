package io.kryla.radio;

import io.kryla.radio.stream.StreamFault;
import java.io.IOException;

/** A stream over a radio that broke, and why. */
public final class RadioStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StreamFault fault;

    RadioStreamException(StreamFault fault, String line) {
        super(fault + ": the stream over " + line + " broke");
        this.fault = fault;
    }

    public StreamFault fault() {
        return fault;
    }
}
