package io.kryla.companion;

import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SoftwareSigner;
import io.kryla.test.FakeIdentity;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.FlightMode;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A board as provisioning leaves it, with a flight for its companion: for tests, and for what an image archives of a start. */
final class RehearsedBoard {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int STATES = 200;

    private RehearsedBoard() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        write(folder, "127.0.0.1:9");
        Files.write(folder.resolve("samples"), samples());
    }

    /** @return the settings to start a companion with */
    static Path write(Path folder, String grounds) throws IOException {
        FakeIdentity identity = FakeIdentity.born(new TestLicensor(), "ZZZZ8DE010001");
        FolderStorage storage = FolderStorage.in(folder.resolve("storage"));
        for (StorageEntry entry : StorageEntry.values()) {
            identity.storage().read(entry).ifPresent(content -> storage.write(entry, content));
        }
        Path keys = Files.createDirectories(folder.resolve("secure-element"));
        char[] secret = SECRET.toCharArray();
        EncryptedKeyFile.writeUnderRandomSecret(
                keys.resolve("identity-key.pem"),
                (SoftwareSigner) identity.secureElement().identityKey(),
                secret);
        EncryptedKeyFile.writeUnderRandomSecret(
                keys.resolve("log-key.pem"),
                (SoftwareSigner) identity.secureElement().logKey(),
                secret);
        Files.writeString(folder.resolve("secret"), SECRET);
        Files.write(folder.resolve("firmware.bin"), new byte[] {1});
        return Files.writeString(
                folder.resolve("companion.properties"),
                "storage=storage\nsecure-element=secure-element\nsecret=secret\nfirmware=firmware.bin\ngrounds="
                        + grounds + "\n");
    }

    /** States and an event, as a flight controller sends them. */
    static byte[] samples() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sample.newBuilder()
                .setFlightEvent(FlightEvent.newBuilder().setKind(FlightEventKind.FLIGHT_EVENT_KIND_ARMED))
                .build()
                .writeDelimitedTo(out);
        for (int i = 0; i < STATES; i++) {
            state(i).writeDelimitedTo(out);
        }
        return out.toByteArray();
    }

    static Sample state(int number) {
        return Sample.newBuilder()
                .setVehicleState(VehicleState.newBuilder()
                        .setMode(FlightMode.FLIGHT_MODE_HOLD)
                        .setArmed(true)
                        .setAttitudeW(1)
                        .setPositionNorthMeters(number)
                        .addRotorCommands(0.5f))
                .build();
    }
}
