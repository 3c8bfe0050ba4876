package io.kryla.station.bench;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.FolderSecureElement;
import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningBoard;
import io.kryla.factory.calibration.Pose;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.station.folder.SecretFile;
import io.kryla.telemetry.TelemetryProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the simulated design: a folder that holds its keys, its storage, its firmware and what is burnt into it. It
 * speaks to a line and to grounds as a real one does and knows nothing but its folder and an address.
 */
public final class SimulatedBoard {
    private static final String SHIPPED_VEHICLE = "quad-1500g";

    private final Path folder;
    private final BoardFile file;
    private final SecureRandom random;
    private final SecureElement secureElement;
    private final AirframeStorage storage;
    private volatile @Nullable Pose pose;

    private SimulatedBoard(Path folder, BoardFile file, SecureRandom random) {
        this.folder = folder;
        this.file = file;
        this.random = random;
        char[] unlock = SecretFile.readOrChoose(folder.resolve("secure-element.passphrase"), random);
        this.secureElement = FolderSecureElement.underRandomSecret(folder.resolve("secure-element"), unlock, random);
        this.storage = FolderStorage.in(folder.resolve("storage"));
    }

    /**
     * Solders a new board. An unfinished one in the same folder is continued.
     *
     * @param seed of its sensors' imperfections
     */
    public static SimulatedBoard make(
            Path folder, String designOid, X509Certificate root, long seed, SecureRandom random) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(BoardFile.in(folder))) {
            byte[] hardwareId = new byte[16];
            random.nextBytes(hardwareId);
            new BoardFile(designOid, HexFormat.of().formatHex(hardwareId), SHIPPED_VEHICLE, seed).write(folder);
        }
        SimulatedBoard board = open(folder, random);
        board.storage.write(StorageEntry.ROOT_SHA256, Certificates.sha256(root).bytes());
        return board;
    }

    /** A board that was made before, perhaps by another process. */
    public static SimulatedBoard open(Path folder, SecureRandom random) {
        return new SimulatedBoard(folder, BoardFile.read(folder), random);
    }

    public VehicleFile vehicle() {
        return VehicleFile.shipped(file.vehicle());
    }

    /** Holds it so until the next call, as a person at the bench does. Any thread. */
    public void hold(Pose pose) {
        this.pose = pose;
    }

    /** SHA-256 of its hardware id, by which a bench announces it. */
    public Digest hardwareIdSha256() {
        return Digest.sha256(HexFormat.of().parseHex(file.hardwareId()));
    }

    public long seed() {
        return file.seed();
    }

    public SecureElement secureElement() {
        return secureElement;
    }

    public AirframeStorage storage() {
        return storage;
    }

    /**
     * What provisioning works on.
     *
     * @param programmer firmware image that the bench flashes
     * @param defects planted in its sensors
     */
    public ProvisioningBoard forProvisioning(Path programmer, SensorFaults defects, InstantSource clock) {
        FolderParameterStore parameters = new FolderParameterStore(folder);
        return ProvisioningBoard.builder()
                .design(file.designOid())
                .hardwareId(HexFormat.of().parseHex(file.hardwareId()))
                .rootSha256(Digest.of(storage.read(StorageEntry.ROOT_SHA256)
                        .orElseThrow(() -> new IllegalStateException("make() burns the root's hash in"))))
                .secureElement(secureElement)
                .storage(storage)
                .firmware(new FolderFirmwareSlot(folder, programmer))
                .parameters(parameters)
                .selfTest(new BoardSensors(vehicle(), seed(), defects, parameters, () -> Optional.ofNullable(pose)))
                .clock(clock)
                .build();
    }

    /** Switches a provisioned unit on: counts the boot, opens its flight log. */
    public AirframeAgent boot(InstantSource clock, LongSupplier monotonicNanos) {
        return boot(List.of(TelemetryProfile.FLIGHT), clock, monotonicNanos);
    }

    /** As {@link #boot(InstantSource, LongSupplier)}, with a flight log for each of these profiles. */
    public AirframeAgent boot(List<TelemetryProfile> profiles, InstantSource clock, LongSupplier monotonicNanos) {
        return AirframeAgent.builder()
                .profiles(profiles)
                .secureElement(secureElement)
                .storage(storage)
                .firmware(new FolderFirmwareSlot(folder, folder.resolve("no-programmer")))
                .parameters(new FolderParameterStore(folder))
                .clock(clock)
                .monotonicNanos(monotonicNanos)
                .random(random)
                .boot();
    }
}
