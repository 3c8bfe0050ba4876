package io.kryla.factory.operators;

import io.kryla.factory.operators.StatementResult.Rejected;
import io.kryla.factory.operators.StatementResult.Verified;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.util.Optional;

/** An act that needs two: one person does it, another approves the same act (protocol.md §3.7). */
public final class TwoPersons {
    /** One person signed both, with one card or two. */
    public static final String SAME_PERSON = "SAME_PERSON";
    /** The approval is of another line, unit, act or subject, or is no approval. */
    public static final String ANOTHER_ACT = "ANOTHER_ACT";

    private TwoPersons() {}

    /** Why the two statements are not one act of two persons; empty if they are. */
    public static Optional<Rejected> check(Verified act, Verified approval) {
        if (act.operator().isSamePersonAs(approval.operator())) {
            return Optional.of(new Rejected(
                    SAME_PERSON,
                    "two persons expected; cards " + act.operator().cardId() + " and "
                            + approval.operator().cardId() + " are one person's"));
        }
        StepStatement done = act.content();
        StepStatement approved = approval.content();
        boolean sameAct = done.getSerial().equals(approved.getSerial())
                && done.getLine().equals(approved.getLine())
                && done.getStep().equals(approved.getStep())
                && done.getSubjectSha256().equals(approved.getSubjectSha256())
                && done.getResult() != StepResult.STEP_RESULT_APPROVED
                && approved.getResult() == StepResult.STEP_RESULT_APPROVED;
        return sameAct
                ? Optional.empty()
                : Optional.of(new Rejected(
                        ANOTHER_ACT,
                        "an approval of " + done.getStep() + " of '" + done.getSerial() + "' expected, got "
                                + approved.getResult() + " of " + approved.getStep() + " of '" + approved.getSerial()
                                + "'"));
    }
}
