package io.kryla.hil.verdict;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.keys.Digest;
import java.util.List;

/**
 * The judgement over one flight of a plan. It depends on plan, seed, build and samples alone: recomputing it gives an
 * equal one.
 *
 * @param build of the simulator that flew
 * @param rigError code of what broke the rig; empty when a flight was judged
 * @param course how far the flight came; nowhere after a rig error
 */
public record Verdict(
        String planName,
        Digest planSha256,
        long seed,
        String build,
        Outcome outcome,
        String rigError,
        Course course,
        List<CriterionResult> criteria) {

    public Verdict {
        criteria = List.copyOf(criteria);
    }

    static Verdict of(AcceptancePlan plan, long seed, String build, Course course, List<CriterionResult> criteria) {
        var outcome = course.outcome();
        for (var result : criteria) {
            outcome = outcome.and(result.outcome());
        }
        return new Verdict(plan.name(), plan.sha256(), seed, build, outcome, "", course, criteria);
    }

    /** The verdict when the rig broke before there was anything to judge. */
    public static Verdict rigError(AcceptancePlan plan, long seed, String build, String code) {
        if (code.isEmpty()) {
            throw new IllegalArgumentException("code: empty; name what broke the rig");
        }
        var nowhere = new Course(plan.actions().size(), 0, false, "rig error " + code);
        return new Verdict(plan.name(), plan.sha256(), seed, build, Outcome.ERROR, code, nowhere, List.of());
    }
}
