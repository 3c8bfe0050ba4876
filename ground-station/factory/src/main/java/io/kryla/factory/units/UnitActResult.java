package io.kryla.factory.units;

import io.kryla.factory.ledger.UnitState;
import java.util.OptionalLong;

/** What became of an act on a unit. */
public sealed interface UnitActResult {
    /** @param leafIndex of the leaf that says so to others; none for what stays at the line */
    record Done(String serial, UnitState state, OptionalLong leafIndex) implements UnitActResult {}

    /** Nothing was changed. */
    record Refused(String code, String reason) implements UnitActResult {}
}
