package io.kryla.factory.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.SelfSignedCertificate;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.KrylaException;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provisioning over real sockets and TLS. */
class ProvisioningServiceIT {
    private final List<ProvisioningEvent> events = new CopyOnWriteArrayList<>();
    private BirthLine line;
    private ProvisioningService service;

    @BeforeEach
    void start(@TempDir Path folder) {
        line = BirthLine.in(folder, 3);
        service = ProvisioningService.start(
                line.provisioning(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events::add);
    }

    @AfterEach
    void stop() {
        service.close();
        line.close();
    }

    @Test
    void anAirframeIsBornOverTls() {
        BenchAirframe airframe = line.board("A");
        ProvisioningOutcome outcome = airframe.start().provision(service.boundAddress());
        assertThat(outcome).isInstanceOf(ProvisioningOutcome.Born.class);
        String serial = ((ProvisioningOutcome.Born) outcome).serial();
        assertThat(airframe.storage.read(StorageEntry.BIRTH_COMMIT)).isPresent();
        Awaitility.await().untilAsserted(() -> assertThat(events).contains(new ProvisioningEvent.UnitBorn(serial)));
        assertThat(events)
                .filteredOn(ProvisioningEvent.StepTaken.class::isInstance)
                .extracting(event -> ((ProvisioningEvent.StepTaken) event).step())
                .containsExactly(
                        "CLAIMED",
                        "CERT_ISSUED",
                        "CERT_STORED",
                        "FIRMWARE_READ_BACK",
                        "PARAMETERS_READ_BACK",
                        "INSTALLED",
                        "BORN",
                        "BIRTH_STORED");
    }

    @Test
    void aConnectionThatHangsUpIsTakenUpByTheNext() {
        BenchAirframe airframe = line.board("A");
        try (SecureChannel channel = connect(airframe)) {
            channel.send(claimOf(airframe));
            channel.receive(Duration.ofSeconds(10));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(events).anyMatch(ProvisioningEvent.ConversationCut.class::isInstance));
        assertThat(airframe.start().provision(service.boundAddress())).isInstanceOf(ProvisioningOutcome.Born.class);
        assertThat(line.line.ledger.units()).hasSize(1);
        assertThat(events)
                .anyMatch(event -> event instanceof ProvisioningEvent.StepTaken step
                        && step.step().equals("CLAIM_RESUMED"));
    }

    @Test
    void aPeerThatAlreadyHasAnIdentityIsTurnedAway() {
        assertThatThrownBy(() -> {
                    try (SecureChannel channel = SecureChannel.connect(
                            service.boundAddress(),
                            line.station,
                            ProvisioningClient.ALPN,
                            (chain, alpn) -> new PeerDecision.Accepted(),
                            ChannelLimits.STANDARD)) {
                        channel.send(claimOf(line.board("A")));
                        channel.receive(Duration.ofSeconds(10));
                    }
                })
                .isInstanceOf(KrylaException.class);
        assertThat(line.line.ledger.units()).isEmpty();
    }

    @Test
    void theAirframeTurnsAwayAStationOfAnotherLicensor(@TempDir Path folder) {
        try (BirthLine stranger = BirthLine.in(folder, 1)) {
            BenchAirframe airframe = stranger.board("A");
            assertThatThrownBy(() -> airframe.start().provision(service.boundAddress()))
                    .isInstanceOfSatisfying(
                            KrylaException.class,
                            refused -> assertThat(refused.code()).isEqualTo("PATH"));
            assertThat(airframe.storage.read(StorageEntry.CLAIM_GRANT)).isEmpty();
        }
    }

    private SecureChannel connect(BenchAirframe airframe) {
        TlsIdentity identity = new TlsIdentity(
                airframe.identityKey(),
                new CertificateChain(List.of(SelfSignedCertificate.create(airframe.identityKey()))));
        return SecureChannel.connect(
                service.boundAddress(),
                identity,
                ProvisioningClient.ALPN,
                (chain, alpn) -> new PeerDecision.Accepted(),
                ChannelLimits.STANDARD);
    }

    private static byte[] claimOf(BenchAirframe airframe) {
        return io.kryla.v1.ProvisioningMessage.newBuilder()
                .setClaimRequest(io.kryla.v1.ClaimRequest.newBuilder()
                        .setDesignOid(airframe.board().designOid())
                        .setHardwareId(airframe.board().hardwareId()))
                .build()
                .toByteArray();
    }
}
