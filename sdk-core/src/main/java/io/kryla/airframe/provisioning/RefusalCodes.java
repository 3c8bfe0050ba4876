package io.kryla.airframe.provisioning;

/** Codes of {@code Refused} that the protocol itself defines (protocol.md §8); checks of identity and proofs keep theirs. */
public final class RefusalCodes {
    /** A message that does not parse, or is not the one expected now. */
    public static final String BAD_STATE = "BAD_STATE";

    public static final String QUOTA_EXHAUSTED = "QUOTA_EXHAUSTED";
    public static final String LICENSE_EXPIRED = "LICENSE_EXPIRED";
    /** The license is not signed as the trust bundle asks, or names another design, line or line CA. */
    public static final String LICENSE_MISMATCH = "LICENSE_MISMATCH";

    /** The same hardware with another key. */
    public static final String CLONE_SUSPECTED = "CLONE_SUSPECTED";

    public static final String CHALLENGE_EXPIRED = "CHALLENGE_EXPIRED";
    public static final String POSSESSION_NOT_PROVEN = "POSSESSION_NOT_PROVEN";
    /** The design asked for is not the line's. */
    public static final String DESIGN_MISMATCH = "DESIGN_MISMATCH";
    /** The endorsement of the log key does not hold. */
    public static final String LOG_KEY_NOT_ENDORSED = "LOG_KEY_NOT_ENDORSED";

    public static final String FIRMWARE_MISMATCH = "FIRMWARE_MISMATCH";
    public static final String FIRMWARE_FLOOR = "FIRMWARE_FLOOR";
    public static final String PARAMETER_MISMATCH = "PARAMETER_MISMATCH";
    /** A sensor could not be calibrated within the line's limits. */
    public static final String CALIBRATION_FAILED = "CALIBRATION_FAILED";

    public static final String SELF_TEST_FAILED = "SELF_TEST_FAILED";
    /** Something at the bench was not done, or not as it should: flashing, a pose, the label. */
    public static final String BENCH_FAILED = "BENCH_FAILED";
    /** The label that was scanned back says something else than was printed. */
    public static final String LABEL_MISMATCH = "LABEL_MISMATCH";
    /** Nobody at any bench has started this airframe. */
    public static final String NOT_STARTED = "NOT_STARTED";
    /** What the airframe holds is not what the station installed. */
    public static final String INSTALLATION_MISMATCH = "INSTALLATION_MISMATCH";
    /** The birth record is not signed by the station, or does not match the ledger's leaf. */
    public static final String BIRTH_MISMATCH = "BIRTH_MISMATCH";
    /** The certificate names another serial or key than the one claimed. */
    public static final String SERIAL_MISMATCH = "SERIAL_MISMATCH";
    /** A disk, a device or a key store failed; the message went to the log of whoever refused. */
    public static final String INTERNAL = "INTERNAL";

    private RefusalCodes() {}
}
