package io.kryla.station.flight;

import io.kryla.factory.acceptance.AcceptanceResult;
import io.kryla.hil.verdict.Verdict;

/**
 * A flight that was flown, judged and entered into the ledger.
 *
 * @param attempt counts the attempts of the unit, from 1
 * @param flightNanos flight time at the end
 * @param wallNanos what flying it took
 * @param certification accepted, or why not
 */
public record FlownFlight(
        String serial,
        int attempt,
        Verdict verdict,
        long flightNanos,
        long wallNanos,
        AcceptanceResult.Certification certification) {

    public boolean accepted() {
        return certification instanceof AcceptanceResult.Accepted;
    }
}
