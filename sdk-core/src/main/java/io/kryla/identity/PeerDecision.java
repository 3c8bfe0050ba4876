package io.kryla.identity;

/** What a {@link PeerCheck} says. */
public sealed interface PeerDecision {
    record Accepted() implements PeerDecision {}

    /** The connection is closed; the code is stable, such as {@code REVOKED}. */
    record Refused(String code, String reason) implements PeerDecision {}
}
