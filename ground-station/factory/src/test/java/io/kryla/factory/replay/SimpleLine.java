package io.kryla.factory.replay;

import io.kryla.factory.replay.LedgerReplayProperties.Step;
import java.util.Arrays;

/** The rules once more, as plainly as they can be written: a stage and three counters a unit. */
final class SimpleLine {
    static final int UNITS = 4;
    static final int QUOTA = 3;
    static final int QUANTITY = 2;

    private static final int UNBORN = 0;
    private static final int BORN = 1;
    private static final int FLYING = 2;
    private static final int PASSED = 3;
    private static final int ACCEPTED = 4;
    private static final int EXPORTED = 5;

    private final int[] stage = new int[UNITS];
    private final int[] attempts = new int[UNITS];
    private final long[] lastOpened = new long[UNITS];
    private final long[] lastClosed = new long[UNITS];
    private final int[] transfers = new int[UNITS];
    private long size;

    SimpleLine() {
        Arrays.fill(lastOpened, 1_000_000);
        Arrays.fill(lastClosed, 1_000_000);
    }

    boolean allows(Step step) {
        int now = stage[step.unit()];
        switch (step.kind()) {
            case BORN:
                return now == UNBORN && born() < QUOTA;
            case OPENED:
                return now == BORN || now == PASSED;
            case PASSED:
            case FAILED:
                return now == FLYING;
            case ACCEPTED:
                return now == PASSED;
            case EXPORTED:
                return now == ACCEPTED && handedOver() < QUANTITY;
            default:
                return now == EXPORTED;
        }
    }

    void take(Step step) {
        int unit = step.unit();
        switch (step.kind()) {
            case BORN:
                stage[unit] = BORN;
                break;
            case OPENED:
                stage[unit] = FLYING;
                attempts[unit]++;
                lastOpened[unit] = size;
                break;
            case PASSED:
                stage[unit] = PASSED;
                lastClosed[unit] = size;
                break;
            case FAILED:
                stage[unit] = BORN;
                lastClosed[unit] = size;
                break;
            case ACCEPTED:
                stage[unit] = ACCEPTED;
                break;
            default:
                stage[unit] = EXPORTED;
                transfers[unit]++;
                break;
        }
        size++;
    }

    /** A leaf that was refused, but stands in the log all the same. */
    void skipIndex() {
        size++;
    }

    int attemptsOf(int unit) {
        return attempts[unit];
    }

    long lastOpenedOf(int unit) {
        return lastOpened[unit];
    }

    long lastClosedOf(int unit) {
        return lastClosed[unit];
    }

    int transfersOf(int unit) {
        return transfers[unit];
    }

    long size() {
        return size;
    }

    long born() {
        return Arrays.stream(stage).filter(s -> s >= BORN).count();
    }

    long accepted() {
        return Arrays.stream(stage).filter(s -> s >= ACCEPTED).count();
    }

    long handedOver() {
        return Arrays.stream(stage).filter(s -> s >= EXPORTED).count();
    }

    @Override
    public String toString() {
        return Arrays.toString(stage);
    }
}
