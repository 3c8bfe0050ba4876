package io.kryla.factory.ledger;

/** Where a unit stands at its line (protocol.md §9.3 maps each state to its leaf or to "line-local"). */
public enum UnitState {
    /** Holds a serial and a unit of the quota. Line-local. */
    CLAIMED,
    /** Its IDevID certificate was issued. Line-local. */
    CERTIFIED,
    /** Firmware and parameters read back, self-test passed. Line-local. */
    INSTALLED,
    /** Leaf BORN. */
    BORN,
    /** Leaf ACCEPTED. */
    ACCEPTED,
    /** First leaf TRANSFER. */
    HANDED_OVER,
    /** Any further leaf TRANSFER. */
    TRANSFERRED,
    /** Set aside: nothing happens to it until it is released to where it stood, or scrapped. Line-local. */
    QUARANTINED,
    /** Leaf SCRAPPED: destroyed after birth; its quota stays spent. */
    SCRAPPED,
    /** Leaf VOIDED: given up before birth; its quota is free again, its serial is not. */
    VOIDED;

    /** Whether a step of provisioning leads from this state to the other without a leaf. */
    boolean advancesTo(UnitState to) {
        return (this == CLAIMED && to == CERTIFIED) || (this == CERTIFIED && to == INSTALLED);
    }

    /** Whether the unit is still the line's to set aside. */
    boolean isAtTheLine() {
        return isBeforeBirth() || this == BORN || this == ACCEPTED;
    }

    boolean isBeforeBirth() {
        return this == CLAIMED || this == CERTIFIED || this == INSTALLED;
    }
}
