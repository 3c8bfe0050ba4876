package io.kryla.factory.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.AdmitResult;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Envelope;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut after every message in turn, then again from the start: one serial, one certificate, one birth. */
class ProvisioningResumeTest {
    /** ClaimRequest to BirthStored. */
    private static final int MESSAGES = 15;

    private BirthLine line;

    @BeforeEach
    void openLine(@TempDir Path folder) {
        line = BirthLine.in(folder, 100);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void aConversationHasFifteenMessages() {
        BenchAirframe airframe = line.board("whole");
        assertThat(cut(airframe, airframe.start(), MESSAGES)).isPresent();
        BenchAirframe other = line.board("cut at the last");
        assertThat(cut(other, other.start(), MESSAGES - 1)).isEmpty();
    }

    @Test
    void resumesWhenTheAirframeRestarts() {
        for (int messages = 0; messages < MESSAGES; messages++) {
            BenchAirframe airframe = line.board("cut-" + messages);
            cut(airframe, airframe.start(), messages);
            finish(airframe, airframe.start());
        }
        assertOneOfEach(MESSAGES);
    }

    @Test
    void resumesWhenTheLineRestarts() {
        for (int messages = 0; messages < MESSAGES; messages++) {
            BenchAirframe airframe = line.board("cut-" + messages);
            ProvisioningClient client = airframe.start();
            cut(airframe, client, messages);
            line.line.reopen();
            finish(airframe, client);
        }
        assertOneOfEach(MESSAGES);
    }

    @Test
    void resumesAfterACutAtEveryMessageInOneLife() {
        BenchAirframe airframe = line.board("unlucky");
        for (int messages = 0; messages < MESSAGES; messages++) {
            cut(airframe, airframe.start(), messages);
            line.line.reopen();
        }
        finish(airframe, airframe.start());
        assertOneOfEach(1);
        assertThat(airframe.installations).isEqualTo(1);
    }

    @Test
    void isBornUnderTheRevisionThatWasAdmittedMeanwhile() {
        BenchAirframe airframe = line.board("installed under revision 1");
        for (int messages = 0; stateOfTheOnlyUnit() != UnitState.INSTALLED; messages++) {
            cut(airframe, airframe.start(), messages);
        }
        Envelope second = line.licensor.sign(LicensorDesk.nextRevision(
                line.license, line.licensor.licenseFor(50).build()));
        assertThat(line.line.ledger.admitLicense(second)).isInstanceOf(AdmitResult.Admitted.class);

        finish(airframe, airframe.start());
        assertThat(line.line.ledger.leaf(0).content().getBorn().getLicenseRevision())
                .isEqualTo(2);
    }

    private @Nullable UnitState stateOfTheOnlyUnit() {
        return line.line.ledger.units().stream().map(Unit::state).findFirst().orElse(null);
    }

    /** What came of a conversation of which only so many messages got through; empty when it was cut. */
    private Optional<ProvisioningOutcome> cut(BenchAirframe airframe, ProvisioningClient client, int messages) {
        try {
            return Optional.of(client.provision(ConversationLink.to(
                            line.provisioning(), airframe.identityKey().key())
                    .cutAfter(messages)));
        } catch (KrylaException e) {
            assertThat(e.retryable()).isTrue();
            return Optional.empty();
        }
    }

    private void finish(BenchAirframe airframe, ProvisioningClient client) {
        assertThat(client.provision(ConversationLink.to(
                        line.provisioning(), airframe.identityKey().key())))
                .isInstanceOf(ProvisioningOutcome.Born.class);
        // Asked once more, the airframe knows it is born.
        assertThat(airframe.start()
                        .provision(ConversationLink.to(
                                        line.provisioning(),
                                        airframe.identityKey().key())
                                .cutAfter(0)))
                .isInstanceOfSatisfying(
                        ProvisioningOutcome.Born.class,
                        born -> assertThat(born.resumed()).isTrue());
    }

    private void assertOneOfEach(int airframes) {
        Set<CertificateChain> certificates = new HashSet<>();
        assertThat(line.line.ledger.units()).hasSize(airframes).allSatisfy(unit -> {
            assertThat(unit.state()).isEqualTo(UnitState.BORN);
            assertThat(line.line.ledger.leaves(unit.serial())).hasSize(1);
            assertThat(certificates.add(UnitDocuments.idevidChain(line.line.ledger, unit.serial())
                            .orElseThrow()))
                    .isTrue();
            assertThat(line.line.ledger.journal(unit.serial()).stream()
                            .filter(entry -> entry.step().equals(UnitState.CERTIFIED.name())))
                    .as("certified once: %s", unit.serial())
                    .hasSizeLessThanOrEqualTo(1);
        });
        assertThat(line.line.ledger.units().stream().map(Unit::serial).distinct())
                .hasSize(airframes);
        assertThat(line.line.ledger.size()).isEqualTo(airframes);
    }
}
