package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLine;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quota that is raised, and one that is recalled below what it was spent on. */
class RecallTest {
    @TempDir
    Path folder;

    private TestLine line;

    @BeforeEach
    void openLine() {
        line = TestLine.withQuota(folder, 3);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    /** The next revision, for so many units in all. */
    private Envelope revised(int quota) {
        return line.licensor.sign(LicensorDesk.nextRevision(
                line.ledger.license().orElseThrow(),
                line.licensor.licenseFor(quota).build()));
    }

    private void admit(Envelope license) {
        assertThat(line.ledger.admitLicense(license)).isInstanceOf(AdmitResult.Admitted.class);
    }

    private AppendResult bear(String serial, String name) {
        LedgerLeaf leaf = Leaves.born(serial, name);
        return line.ledger.append(
                leaf.toBuilder()
                        .setBorn(leaf.getBorn().toBuilder()
                                .setLicenseRevision(line.ledger
                                        .license()
                                        .orElseThrow()
                                        .content()
                                        .getRevision()))
                        .build(),
                Map.of());
    }

    private static String code(Object result) {
        return ((Refused) result).code();
    }

    @Test
    void aRaiseGivesTheUnitsThatItAdds() {
        line.bear("A");
        line.bear("B");
        line.bear("C");
        assertThat(code(line.claim("D"))).isEqualTo("QUOTA_EXHAUSTED");

        admit(revised(4));

        assertThat(bear(line.install("D"), "D")).isInstanceOf(AppendResult.Appended.class);
        assertThat(code(line.claim("E"))).isEqualTo("QUOTA_EXHAUSTED");
    }

    @Test
    void aRecallBelowWhatWasBornStopsFurtherBirthsAndTakesNothingBack() {
        String born = line.bear("A");
        line.bear("B");
        String held = line.install("C");

        admit(revised(1));

        assertThat(code(line.claim("D"))).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(code(bear(held, "C"))).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(line.ledger.unit(born).orElseThrow().state()).isEqualTo(UnitState.BORN);
        line.reopen();
        assertThat(code(bear(held, "C"))).isEqualTo("QUOTA_EXHAUSTED");

        admit(revised(3));
        assertThat(bear(held, "C")).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void aRecallIsNotUndoneByTheRevisionBefore() {
        Envelope first = line.ledger.license().orElseThrow().envelope();
        admit(revised(1));

        assertThat(code(line.ledger.admitLicense(first))).isEqualTo("LICENSE_ROLLBACK");
        line.reopen();
        assertThat(code(line.ledger.admitLicense(first))).isEqualTo("LICENSE_ROLLBACK");
    }
}
