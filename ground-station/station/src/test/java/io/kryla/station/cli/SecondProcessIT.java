package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.CommandAnswer;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An airframe in a process of its own, which has nothing but its storage and an address. */
final class SecondProcessIT {

    @Test
    void itsOwnerHearsAndCommandsItAndNobodyElse(@TempDir Path folder) throws Exception {
        PrivateFolder secrets = PrivateFolder.beside(SharedDemo.folder().root());
        Queue<AttestedRecord> attested = new ConcurrentLinkedQueue<>();
        Queue<AirframeLink> links = new ConcurrentLinkedQueue<>();
        FrontDoor door = FrontDoor.of(Kryla.commandLine(), true);
        Premises premises = Premises.of(SharedDemo.folder(), secrets, door.wallClock(), door.random());
        PrivateFolder.PartyFiles owner = secrets.party(WorldPlan.END_USER);
        PrivateFolder.LineFiles formerOwner = secrets.line("DE-01");
        TlsIdentity ownersGround = new TlsIdentity(
                premises.keys().read(owner.key("ground")), DocumentFiles.readChain(owner.chain("ground")));
        TlsIdentity linesGround = new TlsIdentity(
                premises.keys().read(formerOwner.key("ground")), DocumentFiles.readChain(formerOwner.chain("ground")));

        Process airframe;
        try (GroundStation line = ground(premises, linesGround)) {
            line.onAirframe(links::add);
            airframe = start(secrets.airframe("DE-01", 1), line.boundAddress(), folder.resolve("refused.log"), 3);
            assertThat(airframe.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(links).as("the line's access ended with the handover").isEmpty();
        }

        try (GroundStation ground = ground(premises, ownersGround)) {
            ground.onAirframe(link -> {
                link.attestedRecords().buffer(4_096).listen(attested::add);
                links.add(link);
            });
            airframe = start(secrets.airframe("DE-01", 1), ground.boundAddress(), folder.resolve("airframe.log"), 600);
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> attested.size() > 5);
                CommandAnswer answer = links.element()
                        .send(
                                Command.newBuilder()
                                        .setArm(Arm.getDefaultInstance())
                                        .build(),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10))
                        .answer()
                        .get(20, TimeUnit.SECONDS);
                assertThat(answer).isNotInstanceOf(CommandAnswer.NoAnswer.class);
                assertThat(links.element().serial()).isEqualTo(SharedDemo.serial("DE-01"));
            } finally {
                airframe.destroy();
                assertThat(airframe.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static GroundStation ground(Premises premises, TlsIdentity identity) {
        return GroundStation.builder()
                .identity(identity)
                .trust(premises.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(premises::crls)
                .ledgerCheckpoint(() -> Digest.sha256(
                        DocumentFiles.read(SharedDemo.folder().ledger("DE-01").resolve("checkpoint"))))
                .clock(premises.clock())
                .start();
    }

    /** A JVM of its own on the same class path. */
    private static Process start(Path storage, InetSocketAddress ground, Path log, int seconds) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Kryla.class.getName(),
                        "airframe",
                        "--storage",
                        storage.toString(),
                        "--ground",
                        ground.getAddress().getHostAddress() + ":" + ground.getPort(),
                        "--seconds",
                        Integer.toString(seconds),
                        "--debug"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
