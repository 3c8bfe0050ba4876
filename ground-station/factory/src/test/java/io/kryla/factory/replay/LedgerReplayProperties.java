package io.kryla.factory.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories of a few units against {@link SimpleLine}, a model that knows one integer a unit. */
class LedgerReplayProperties {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final VerifiedLicense LICENSE =
            LICENSOR.issue(LICENSOR.licenseFor(SimpleLine.QUOTA).build());
    private static final VerifiedExportAuthorisation AUTHORISATION = ((DocumentResult.Verified<
                            VerifiedExportAuthorisation>)
                    VerifiedExportAuthorisation.open(
                            LICENSOR.bundle, LICENSOR.exportAuthorisation(SimpleLine.QUANTITY)))
            .document();

    @Property(tries = 400, seed = "61")
    void takesALeafExactlyWhenTheModelDoes(@ForAll("histories") List<Step> history) {
        LedgerReplay replay = newReplay();
        SimpleLine model = new SimpleLine();
        for (Step step : history) {
            LedgerLeaf leaf = leafOf(step, model);
            byte[] bytes = bytes(leaf);

            List<Finding> findings = replay.judge(bytes);

            assertThat(findings.isEmpty()).as("%s in %s", step, model).isEqualTo(model.allows(step));
            if (findings.isEmpty()) {
                replay.append(bytes);
                model.take(step);
            }
        }
        assertThat(replay.findings()).isEmpty();
        assertThat(replay.totals().licenses().get(0).born()).isEqualTo(model.born());
        assertThat(replay.totals().licenses().get(0).accepted()).isEqualTo(model.accepted());
        assertThat(replay.totals().licenses().get(0).handedOver()).isEqualTo(model.handedOver());
        assertThat(replay.totals().licenses().get(0).royaltyMinorUnits().getOrDefault("EUR", 0L))
                .isEqualTo(150_000L * model.born());
    }

    @Property(tries = 200, seed = "62")
    void reportsTheSameForTheSameLeavesAndNeverThrows(@ForAll("histories") List<Step> history) {
        LedgerReplay first = newReplay();
        LedgerReplay second = newReplay();
        SimpleLine model = new SimpleLine();
        for (Step step : history) {
            byte[] bytes = bytes(leafOf(step, model));
            boolean allowed = model.allows(step);
            assertThat(first.append(bytes)).isEqualTo(second.append(bytes));
            if (allowed) {
                model.take(step);
            } else {
                model.skipIndex();
            }
        }
        assertThat(first.totals()).isEqualTo(second.totals());
        assertThat(first.size()).isEqualTo(history.size());
    }

    /** What happens to which unit. */
    record Step(Kind kind, int unit) {}

    enum Kind {
        BORN,
        OPENED,
        PASSED,
        FAILED,
        ACCEPTED,
        EXPORTED,
        PASSED_ON
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.integers().between(0, SimpleLine.UNITS - 1))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private static LedgerReplay newReplay() {
        LedgerReplay replay = new LedgerReplay(TestLicensor.ORIGIN);
        replay.admit(LICENSE);
        replay.admit(AUTHORISATION);
        return replay;
    }

    private static LedgerLeaf leafOf(Step step, SimpleLine model) {
        String serial = "KRY08DE10000" + (step.unit() + 1);
        ByteString authorisation =
                ByteString.copyFrom(AUTHORISATION.payloadSha256().bytes());
        int transfers = model.transfersOf(step.unit());
        switch (step.kind()) {
            case BORN:
                return Leaves.born(serial, "unit " + step.unit());
            case OPENED:
                int attempt = model.attemptsOf(step.unit()) + 1;
                return Leaves.opened(serial, attempt, serial + "/" + attempt);
            case PASSED:
            case FAILED:
                return Leaves.closed(
                        serial,
                        model.lastOpenedOf(step.unit()),
                        step.kind() == Kind.PASSED
                                ? FlightOutcome.FLIGHT_OUTCOME_PASS
                                : FlightOutcome.FLIGHT_OUTCOME_FAIL,
                        (int) model.size());
            case ACCEPTED:
                return Leaves.accepted(serial, model.lastClosedOf(step.unit()));
            case EXPORTED:
                return Leaves.transfer(
                        serial, serial + " 0", serial + " 1", "DE-01", TestLicensor.CENTRE, authorisation);
            default:
                return Leaves.transfer(
                        serial,
                        serial + " " + transfers,
                        serial + " " + (transfers + 1),
                        transfers == 1 ? TestLicensor.CENTRE : "owner " + (transfers - 1),
                        "owner " + transfers,
                        authorisation);
        }
    }

    private static byte[] bytes(LedgerLeaf leaf) {
        return leaf.toBuilder()
                .setRecordedAtUnixMillis(TestLicensor.START.toEpochMilli())
                .build()
                .toByteArray();
    }
}
