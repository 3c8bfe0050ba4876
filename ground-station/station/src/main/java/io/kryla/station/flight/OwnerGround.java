package io.kryla.station.flight;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.record.FinishedRecording;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.link.SharedLine;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.telemetry.UnattestedLeaves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The ground of whoever owns an airframe: listens until it is closed, and hands on what airframes attest. Any number of
 * airframes; those of another owner are refused by their own check, those of another licensor by ours.
 */
public final class OwnerGround implements AutoCloseable {
    private static final Duration LONGEST_BOOT = Duration.ofDays(365);
    private static final int BUFFERED_RECORDS = 4_096;

    private static final long LOOK_SECONDS = 1;

    private final GroundStation station;
    private final AttestationWatch watch;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kryla-attestation");
        thread.setDaemon(true);
        return thread;
    });

    private OwnerGround(GroundStation station, Listener listener) {
        this.station = station;
        this.watch = new AttestationWatch(listener::onUnattested);
        var unused = clock.scheduleWithFixedDelay(
                () -> station.airframes().forEach(watch::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** What is heard; called by the SDK's delivery threads, one at a time for an airframe. */
    public interface Listener {
        void onAttested(FlightOrigin origin, AttestedRecord attested);

        /** A flight log was closed, attested to its last leaf, and is on disk. */
        void onRecorded(FinishedRecording recording);

        /** Nothing more of a log was attested for 5 s, or the ground ends, and these leaves are known and not attested. */
        void onUnattested(FlightOrigin origin, List<UnattestedLeaves> leaves);
    }

    /**
     * Where airframes come from.
     *
     * @param network address to listen at
     * @param line to an airframe; then all airframes are asked for the profile of the radio
     */
    public record Doors(InetSocketAddress network, Optional<SharedLine> line) {}

    /**
     * Listens. A line is the ground's from now on.
     *
     * @param owner a party such as {@code end-user-1}, or a line such as {@code DE-01}, which owns what it has not handed
     *     over
     * @param recordings an existing folder that gets an MCAP file for each flight log, or empty
     * @throws CommandFailure OWNER_UNKNOWN
     * @throws io.kryla.keys.KrylaException BIND_FAILED
     */
    public static OwnerGround listen(
            Premises premises, String owner, Doors doors, Optional<Path> recordings, Listener listener) {
        try {
            return new OwnerGround(start(premises, owner, doors, recordings, listener), listener);
        } catch (RuntimeException e) {
            doors.line().ifPresent(SharedLine::close);
            throw e;
        }
    }

    private static GroundStation start(
            Premises premises, String owner, Doors doors, Optional<Path> recordings, Listener listener) {
        TelemetryProfile profile = doors.line().isPresent() ? TelemetryProfile.RADIO : TelemetryProfile.FLIGHT;
        GroundStation station = GroundStation.builder()
                .listen(doors.network())
                .profile(profile.name())
                .identity(identity(premises, owner))
                .trust(premises.bundle())
                .crls(premises::crls)
                .ledgerCheckpoint(() -> newestCheckpoint(premises))
                .clock(premises.clock())
                .random(premises.random())
                .start();
        station.onAirframe(airframe -> {
            recordings.ifPresent(folder -> record(airframe, folder, listener::onRecorded));
            airframe.attestedRecords()
                    .buffer(BUFFERED_RECORDS)
                    .listen(attested -> listener.onAttested(airframe.origin(), attested));
        });
        doors.line().ifPresent(station::attach);
        return station;
    }

    public InetSocketAddress boundAddress() {
        return station.boundAddress();
    }

    private static void record(AirframeLink airframe, Path folder, Consumer<FinishedRecording> finished) {
        CompletableFuture<FinishedRecording> completed =
                FlightRecorder.recordInto(folder, airframe).completed(LONGEST_BOOT);
        var unused = completed.thenAccept(finished);
    }

    private static TlsIdentity identity(Premises premises, String owner) {
        PrivateFolder secret = premises.privateFolder();
        if (owner.matches("[A-Za-z0-9-]+")) {
            for (PrivateFolder.PartyFiles files : Stream.of(
                            secret.party(owner),
                            new PrivateFolder.PartyFiles(secret.line(owner).folder()))
                    .toList()) {
                if (Files.exists(files.key("ground"))) {
                    return new TlsIdentity(
                            premises.keys().read(files.key("ground")), DocumentFiles.readChain(files.chain("ground")));
                }
            }
        }
        throw CommandFailure.usage(
                "OWNER_UNKNOWN", "no party or line with a ground", owner, "name one, such as end-user-1 or DE-01");
    }

    /** Of any line: whatever is newest brackets the flight from below. */
    private static Digest newestCheckpoint(Premises premises) {
        try (Stream<Path> ledgers = Files.list(premises.publicFolder().root().resolve("ledgers"))) {
            Path checkpoint = ledgers.map(ledger -> ledger.resolve("checkpoint"))
                    .filter(Files::exists)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.usage(
                            "FILE_MISSING",
                            "no ledger checkpoint",
                            premises.publicFolder().root().toString(),
                            "restore ledgers/ from a copy"));
            return Digest.sha256(Files.readAllBytes(checkpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        station.airframes().forEach(watch::lookLast);
        station.close();
    }
}
