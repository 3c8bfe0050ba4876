package io.kryla.radio.frame;

import org.jspecify.annotations.Nullable;

/** What a frame carries; the first byte of its packet. */
public enum LineChannel {
    /** A piece of a byte stream. */
    SEGMENT(1),
    /** Which pieces have arrived. */
    ACKNOWLEDGEMENT(2),
    /** A stream that this end does not know or will not serve. */
    RESET(3),
    /** One sealed datagram of a session. */
    DATAGRAM(4);

    private final byte code;

    LineChannel(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    static @Nullable LineChannel of(byte code) {
        for (LineChannel channel : values()) {
            if (channel.code == code) {
                return channel;
            }
        }
        return null;
    }
}
