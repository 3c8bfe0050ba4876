package io.kryla.hil.verdict;

import io.kryla.hil.scenario.Criterion;

/** What became of one criterion. */
public sealed interface CriterionResult {
    Criterion criterion();

    Outcome outcome();

    /**
     * A number came out.
     *
     * @param value in the metric's unit
     * @param margin distance to the limit, negative when it is missed
     * @param decidedAtNanos flight time of the sample that decides the value: where the limit is missed, the violating one
     */
    record Measured(Criterion criterion, long fromNanos, long toNanos, double value, double margin, long decidedAtNanos)
            implements CriterionResult {
        @Override
        public Outcome outcome() {
            return margin >= 0 ? Outcome.PASS : Outcome.FAIL;
        }
    }

    /** The airframe never came to what is to be measured: that is a failure of the product. */
    record NotReached(Criterion criterion, String reason) implements CriterionResult {
        @Override
        public Outcome outcome() {
            return Outcome.FAIL;
        }
    }

    /** Samples that the criterion needs are missing: nothing can be said. */
    record NoData(Criterion criterion, String reason) implements CriterionResult {
        @Override
        public Outcome outcome() {
            return Outcome.ERROR;
        }
    }
}
