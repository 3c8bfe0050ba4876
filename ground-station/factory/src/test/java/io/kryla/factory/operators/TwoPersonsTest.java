package io.kryla.factory.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.operators.StatementResult.Rejected;
import io.kryla.factory.operators.StatementResult.Verified;
import io.kryla.identity.Role;
import io.kryla.v1.StepResult;
import org.junit.jupiter.api.Test;

class TwoPersonsTest {
    private final BadgeBench bench = new BadgeBench();
    private final String alice = bench.desk.newPersonId();
    private final String bob = bench.desk.newPersonId();

    private Verified by(String card, String person, String step, StepResult result) {
        Badge badge = bench.enrolled(card, person, Role.QUALITY);
        return bench.verified(bench.signedOn(badge, Role.QUALITY), step, result, Role.QUALITY);
    }

    @Test
    void twoPersonsDoAndApproveOneAct() {
        assertThat(TwoPersons.check(
                        by("card-a", alice, "scrap", StepResult.STEP_RESULT_DONE),
                        by("card-b", bob, "scrap", StepResult.STEP_RESULT_APPROVED)))
                .isEmpty();
    }

    @Test
    void onePersonWithTwoCardsIsOnePerson() {
        assertThat(TwoPersons.check(
                        by("card-a", alice, "scrap", StepResult.STEP_RESULT_DONE),
                        by("card-a2", alice, "scrap", StepResult.STEP_RESULT_APPROVED)))
                .map(Rejected::code)
                .contains("SAME_PERSON");
    }

    @Test
    void onePersonInTwoRolesIsOnePerson() {
        Badge badge = bench.enrolled("card-a", alice, Role.QUALITY, Role.ENGINEER);
        assertThat(TwoPersons.check(
                        bench.verified(
                                bench.signedOn(badge, Role.ENGINEER),
                                "scrap",
                                StepResult.STEP_RESULT_DONE,
                                Role.ENGINEER),
                        bench.verified(
                                bench.signedOn(badge, Role.QUALITY),
                                "scrap",
                                StepResult.STEP_RESULT_APPROVED,
                                Role.QUALITY)))
                .map(Rejected::code)
                .contains("SAME_PERSON");
    }

    @Test
    void anApprovalIsOfThatActAndIsAnApproval() {
        Verified act = by("card-a", alice, "scrap", StepResult.STEP_RESULT_DONE);

        assertThat(TwoPersons.check(act, by("card-b", bob, "rework", StepResult.STEP_RESULT_APPROVED)))
                .map(Rejected::code)
                .contains("ANOTHER_ACT");
        assertThat(TwoPersons.check(act, by("card-b2", bob, "scrap", StepResult.STEP_RESULT_DONE)))
                .map(Rejected::code)
                .contains("ANOTHER_ACT");
        assertThat(TwoPersons.check(
                        by("card-a2", alice, "scrap", StepResult.STEP_RESULT_APPROVED),
                        by("card-b3", bob, "scrap", StepResult.STEP_RESULT_APPROVED)))
                .map(Rejected::code)
                .contains("ANOTHER_ACT");
    }
}
