package io.kryla.radio.stream;

/** Why a stream broke. The names are stable codes; the number goes over the line. */
public enum StreamFault {
    /** The peer does not know the stream: it was started again, or gave the stream up. */
    STREAM_UNKNOWN(1),
    /** The peer serves no more streams at once. */
    STREAM_REFUSED(2),
    /** The peer ended it before all was said. */
    STREAM_ABORTED(3),
    /** Nothing was heard of the peer for too long. */
    PEER_SILENT(4),
    /** The line itself was closed, here. */
    LINE_CLOSED(5);

    private final byte number;

    StreamFault(int number) {
        this.number = (byte) number;
    }

    public byte number() {
        return number;
    }

    /** What a peer's RESET means; a reason that this version does not know is an abort. */
    public static StreamFault ofReset(byte number) {
        return switch (number) {
            case 1 -> STREAM_UNKNOWN;
            case 2 -> STREAM_REFUSED;
            default -> STREAM_ABORTED;
        };
    }
}
