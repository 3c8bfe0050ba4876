package io.kryla.radio.frame;

/** Why bytes between two zeros were no frame. The names are stable codes; each is counted. */
public enum FrameRejection {
    /** More bytes than a frame has. */
    OVERSIZE,
    /** Not COBS, or too short for a frame. */
    MALFORMED,
    /** The check does not fit: noise. */
    BAD_CHECK,
    /** Intact, but of a channel that this version does not know. */
    UNKNOWN_CHANNEL
}
