package io.kryla.station.outcome;

/** How a command ended, as its caller's shell sees it. */
public enum ExitStatus {
    /** Everything asked for holds. */
    PASS(0),
    /** A verification failed, an acceptance flight failed, or a request was refused. Says something of the product. */
    FAILED(1),
    /** The command line, or a file named on it, is not usable. Nothing was done. */
    USAGE(2),
    /** The rig or its environment failed: disk, network, time limit. Says nothing of the product. */
    ERROR(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
