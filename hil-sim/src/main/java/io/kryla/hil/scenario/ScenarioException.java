package io.kryla.hil.scenario;

import io.kryla.keys.KrylaException;
import java.util.List;

/**
 * A plan, vehicle or campaign that cannot be used. Codes: {@code PLAN_UNREADABLE}, {@code PLAN_TOO_LARGE}, {@code PLAN_INVALID},
 * and the same with {@code VEHICLE_} and {@code CAMPAIGN_}. The message is the first problem; {@link #problems()} lists all that were found.
 */
public final class ScenarioException extends KrylaException {
    private static final long serialVersionUID = 1L;

    private final transient List<DocumentProblem> problems;

    ScenarioException(String code, String message) {
        super(code, message, false);
        this.problems = List.of();
    }

    ScenarioException(String code, List<DocumentProblem> problems) {
        super(code, problems.get(0) + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"), false);
        this.problems = List.copyOf(problems);
    }

    /** In the order of the document; empty when the document could not be read at all. */
    public List<DocumentProblem> problems() {
        return problems;
    }
}
