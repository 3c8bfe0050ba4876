package io.kryla.radio.stream;

/** Why an intact frame was not taken. The names are stable codes; each is counted. */
public enum LineRejection {
    /** Its body is not what its channel says. */
    MALFORMED,
    /** A segment or question for a stream that this end does not know; answered with RESET. */
    UNKNOWN_STREAM,
    /** A new stream, while as many as can be are open, or where none is accepted; answered with RESET. */
    STREAM_REFUSED,
    /** A datagram that nobody fetched in time. */
    DATAGRAM_DROPPED
}
