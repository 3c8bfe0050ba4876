package io.kryla.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts what a target was given, so that a run which ended early is a failure and not a success. */
public final class Executions {
    private static long count;

    private Executions() {}

    /** At the start of each execution. */
    public static void count() {
        count++;
    }

    /** What has to hold of each input; dear matchers would be most of the time that a target takes. */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** After the last one. */
    public static void requireAll() {
        assertThat(count).as("executions").isGreaterThanOrEqualTo(Long.getLong("kryla.fuzz.expected", 0));
    }
}
