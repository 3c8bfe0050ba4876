package io.kryla.station.trial;

/**
 * One request of a station and what came of it, as the station saw it.
 *
 * @param number in the order in which operations ended, from 1
 * @param station from 1
 * @param key SHA-256 of the board's public key, hexadecimal
 * @param hardware SHA-256 of its hardware id, hexadecimal
 * @param serial that was granted or asked about; empty when there is none
 * @param begunNanos before the request was sent; monotonic, one clock for all stations
 * @param endedNanos after the answer was read, or after the station gave up
 * @param code of a refusal or of a failure; empty when there is none
 * @param leafIndex of the leaf that was appended, or -1
 */
public record Operation(
        long number,
        int station,
        Kind kind,
        String key,
        String hardware,
        String serial,
        long begunNanos,
        long endedNanos,
        Outcome outcome,
        String code,
        long leafIndex) {

    /** What was asked for. */
    public enum Kind {
        CLAIM,
        CERTIFY,
        INSTALL,
        BEAR,
        VOID
    }

    /** What the station knows about it. */
    public enum Outcome {
        /** The service answered that it is done: from here on it must not be lost. */
        DONE,
        REFUSED,
        /** No answer, or one that the service could not do it now: it may have happened, and may still happen. */
        UNANSWERED
    }

    boolean is(Kind which, Outcome how) {
        return kind == which && outcome == how;
    }
}
