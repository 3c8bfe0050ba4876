package io.kryla.factory.acceptance;

import io.kryla.keys.Digest;
import io.kryla.v1.FlightOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a flight left behind. A flight that a rig's error ended may have left less than all of it. */
public final class FlightEvidence {
    private final FlightOutcome outcome;
    private final @Nullable FlightLogHead head;
    private final @Nullable Digest flightMcap;
    private final @Nullable Digest truthMcap;
    private final @Nullable Digest verdict;

    private FlightEvidence(
            FlightOutcome outcome,
            @Nullable FlightLogHead head,
            @Nullable Digest flightMcap,
            @Nullable Digest truthMcap,
            @Nullable Digest verdict) {
        this.outcome = outcome;
        this.head = head;
        this.flightMcap = flightMcap;
        this.truthMcap = truthMcap;
        this.verdict = verdict;
    }

    /** The end of a flight log. */
    public record FlightLogHead(String origin, long size, Digest root) {
        public FlightLogHead {
            if (origin.isBlank() || size < 1) {
                throw new IllegalArgumentException("a log has an origin and a leaf, got " + origin + ", " + size);
            }
        }
    }

    /** A flight that was flown and judged to its end: PASS or FAIL. */
    public static FlightEvidence judged(
            FlightOutcome outcome, FlightLogHead head, Digest flightMcap, Digest truthMcap, Digest verdict) {
        if (outcome != FlightOutcome.FLIGHT_OUTCOME_PASS
                && outcome != FlightOutcome.FLIGHT_OUTCOME_FAIL
                && outcome != FlightOutcome.FLIGHT_OUTCOME_ERROR) {
            throw new IllegalArgumentException("outcome: PASS, FAIL or ERROR expected, got " + outcome);
        }
        return new FlightEvidence(outcome, head, flightMcap, truthMcap, verdict);
    }

    /** A flight that the rig did not bring to an end. */
    public static FlightEvidence aborted() {
        return new FlightEvidence(FlightOutcome.FLIGHT_OUTCOME_ERROR, null, null, null, null);
    }

    /** A flight that the rig did not bring to an end, with the log as far as it came. */
    public static FlightEvidence aborted(FlightLogHead head) {
        return new FlightEvidence(FlightOutcome.FLIGHT_OUTCOME_ERROR, head, null, null, null);
    }

    public FlightOutcome outcome() {
        return outcome;
    }

    public Optional<FlightLogHead> head() {
        return Optional.ofNullable(head);
    }

    public Optional<Digest> flightMcap() {
        return Optional.ofNullable(flightMcap);
    }

    public Optional<Digest> truthMcap() {
        return Optional.ofNullable(truthMcap);
    }

    public Optional<Digest> verdict() {
        return Optional.ofNullable(verdict);
    }
}
