package io.kryla.factory.replay;

import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Accepted;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import java.util.Optional;
import java.util.OptionalLong;

/** FLIGHT_OPENED, FLIGHT_CLOSED and ACCEPTED: every attempt is listed, and only one that passed is accepted. */
final class FlightRules {
    private final LedgerState state;

    FlightRules(LedgerState state) {
        this.state = state;
    }

    void judgeOpened(LedgerLeaf leaf, Verdict verdict) {
        FlightOpened opened = leaf.getFlightOpened();
        verdict.require(
                Shape.allDigests(opened.getNonce(), opened.getPlanSha256(), opened.getVehicleSha256())
                        && isLevel(opened.getLevel()),
                Rule.MALFORMED_LEAF,
                "FLIGHT_OPENED: a nonce and hashes of 32 bytes and a level expected");
        unitBeforeAcceptance(leaf.getSerial(), verdict).ifPresent(unit -> judgeAttempt(unit, opened, verdict));
    }

    private void judgeAttempt(UnitHistory unit, FlightOpened opened, Verdict verdict) {
        verdict.require(
                unit.openFlight.isEmpty(),
                Rule.BAD_STATE,
                "attempt %d of %s is still open",
                unit.attempts(),
                unit.serial);
        verdict.require(
                opened.getAttempt() == unit.attempts() + 1,
                Rule.ATTEMPT_OUT_OF_ORDER,
                "attempt %d of %s expected, got %d",
                unit.attempts() + 1,
                unit.serial,
                opened.getAttempt());
        verdict.require(
                !Shape.isDigest(opened.getNonce()) || !state.nonces.contains(Shape.digest(opened.getNonce())),
                Rule.NONCE_REUSED,
                "the nonce was used before");
    }

    void applyOpened(LedgerLeaf leaf, long index) {
        UnitHistory unit = state.bornUnit(leaf.getSerial());
        unit.attempts.put(index, leaf.getFlightOpened());
        unit.openFlight = OptionalLong.of(index);
        state.nonces.add(Shape.digest(leaf.getFlightOpened().getNonce()));
    }

    void judgeClosed(LedgerLeaf leaf, Verdict verdict) {
        FlightClosed closed = leaf.getFlightClosed();
        verdict.require(
                isWellFormed(closed),
                Rule.MALFORMED_LEAF,
                "FLIGHT_CLOSED: an outcome, and a PASS with its "
                        + "flight log's origin, size and root and the three file hashes expected");
        long openedIndex = closed.getFlightOpenedIndex();
        Optional<UnitHistory> unit =
                state.unit(leaf.getSerial()).filter(known -> known.attempts.containsKey(openedIndex));
        verdict.require(
                unit.isPresent(),
                Rule.FLIGHT_NOT_OPENED,
                "leaf %d opens no attempt of %s",
                openedIndex,
                leaf.getSerial());
        verdict.require(
                unit.isEmpty() || !unit.get().closingOfAttempt.containsKey(openedIndex),
                Rule.FLIGHT_ALREADY_CLOSED,
                "the attempt opened by leaf %d was closed before",
                openedIndex);
        verdict.require(
                closed.getFlightOrigin().isEmpty() || !state.flightOrigins.contains(closed.getFlightOrigin()),
                Rule.FLIGHT_REUSED,
                "flight log %s was closed before",
                closed.getFlightOrigin());
    }

    void applyClosed(LedgerLeaf leaf, long index) {
        FlightClosed closed = leaf.getFlightClosed();
        UnitHistory unit = state.bornUnit(leaf.getSerial());
        unit.closings.put(index, closed);
        unit.closingOfAttempt.put(closed.getFlightOpenedIndex(), index);
        unit.openFlight = OptionalLong.empty();
        if (!closed.getFlightOrigin().isEmpty()) {
            state.flightOrigins.add(closed.getFlightOrigin());
        }
    }

    void judgeAccepted(LedgerLeaf leaf, Verdict verdict) {
        Accepted accepted = leaf.getAccepted();
        verdict.require(
                Shape.isDigest(accepted.getAcceptanceRecordSha256()) && isLevel(accepted.getLevel()),
                Rule.MALFORMED_LEAF,
                "ACCEPTED: a hash of 32 bytes and a level expected");
        Optional<UnitHistory> unit = unitBeforeAcceptance(leaf.getSerial(), verdict);
        unit.ifPresent(known -> judgeAcceptance(known, accepted, verdict));
    }

    private static void judgeAcceptance(UnitHistory unit, Accepted accepted, Verdict verdict) {
        verdict.require(
                unit.openFlight.isEmpty(), Rule.BAD_STATE, "attempt %d of %s is open", unit.attempts(), unit.serial);
        Optional<FlightClosed> passed = unit.lastClosing(accepted.getFlightClosedIndex())
                .filter(closed -> closed.getOutcome() == FlightOutcome.FLIGHT_OUTCOME_PASS);
        verdict.require(
                passed.isPresent(),
                Rule.NOT_PASSED,
                "leaf %d does not close the last attempt of %s with PASS",
                accepted.getFlightClosedIndex(),
                unit.serial);
        Optional<AcceptanceLevel> flownAt = passed.map(closed -> unit.attempts.get(closed.getFlightOpenedIndex()))
                .map(FlightOpened::getLevel);
        int atLeast = unit.license.getMinimumAcceptanceLevelValue();
        verdict.require(
                flownAt.isEmpty()
                        || (accepted.getLevelValue() <= flownAt.get().getNumber()
                                && accepted.getLevelValue() >= atLeast),
                Rule.LEVEL_MISMATCH,
                "accepted at %s, flown at %s, the license asks for %s",
                accepted.getLevel(),
                flownAt.orElse(AcceptanceLevel.ACCEPTANCE_LEVEL_UNSPECIFIED),
                unit.license.getMinimumAcceptanceLevel());
    }

    void applyAccepted(LedgerLeaf leaf, long index) {
        state.bornUnit(leaf.getSerial()).acceptedIndex = OptionalLong.of(index);
    }

    private Optional<UnitHistory> unitBeforeAcceptance(String serial, Verdict verdict) {
        Optional<UnitHistory> unit = state.unit(serial);
        verdict.require(unit.isPresent(), Rule.BAD_STATE, "serial %s was never born", serial);
        verdict.require(unit.isEmpty() || !unit.get().scrapped, Rule.BAD_STATE, "serial %s is scrapped", serial);
        verdict.require(
                unit.isEmpty() || unit.get().acceptedIndex.isEmpty(),
                Rule.BAD_STATE,
                "serial %s is accepted already",
                serial);
        return unit;
    }

    private static boolean isWellFormed(FlightClosed closed) {
        switch (closed.getOutcome()) {
            case FLIGHT_OUTCOME_PASS:
                return !closed.getFlightOrigin().isEmpty()
                        && closed.getFlightSize() > 0
                        && Shape.allDigests(
                                closed.getFlightRoot(),
                                closed.getFlightMcapSha256(),
                                closed.getTruthMcapSha256(),
                                closed.getVerdictSha256());
            case FLIGHT_OUTCOME_FAIL:
            case FLIGHT_OUTCOME_ERROR:
                return true;
            default:
                return false;
        }
    }

    private static boolean isLevel(AcceptanceLevel level) {
        return level != AcceptanceLevel.ACCEPTANCE_LEVEL_UNSPECIFIED && level != AcceptanceLevel.UNRECOGNIZED;
    }
}
