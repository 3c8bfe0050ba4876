package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.KrylaException;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightOrigin;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    @TempDir
    private Path folder;

    @Test
    void anEntryIsWhatWasWrittenLast() {
        FolderStorage storage = FolderStorage.in(folder.resolve("new/one"));
        assertThat(storage.read(StorageEntry.BOOT_COUNTER)).isEmpty();
        storage.write(StorageEntry.BOOT_COUNTER, new byte[] {1});
        storage.write(StorageEntry.BOOT_COUNTER, new byte[] {2});
        assertThat(FolderStorage.in(folder.resolve("new/one")).read(StorageEntry.BOOT_COUNTER))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2));
    }

    @Test
    void aWriteThatWasCutOffLeavesTheOldEntry() throws Exception {
        FolderStorage storage = FolderStorage.in(folder);
        storage.write(StorageEntry.BOOT_COUNTER, new byte[] {1});
        Files.write(folder.resolve("boot-counter.part"), new byte[] {9, 9});
        assertThat(storage.read(StorageEntry.BOOT_COUNTER))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1));
    }

    @Test
    void aMediumThatFailsIsAnErrorWithItsCode() throws Exception {
        FolderStorage storage = FolderStorage.in(folder.resolve("gone"));
        Files.delete(folder.resolve("gone"));
        assertThatThrownBy(() -> storage.write(StorageEntry.BOOT_COUNTER, new byte[1]))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));
    }

    @Test
    void bootsCountFromOneAndNeverRepeat() {
        FolderStorage storage = FolderStorage.in(folder);
        assertThat(BootCounter.next(storage)).isEqualTo(1);
        assertThat(BootCounter.next(storage)).isEqualTo(2);
        byte[] negative = {-1, 0, 0, 0, 0, 0, 0, 0};
        byte[] largest = {127, -1, -1, -1, -1, -1, -1, -1};
        for (byte[] neverWritten : new byte[][] {new byte[3], new byte[8], negative, largest}) {
            storage.write(StorageEntry.BOOT_COUNTER, neverWritten);
            assertThatThrownBy(() -> BootCounter.next(storage))
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_CORRUPT"));
        }
    }

    @Test
    void aDurableCheckpointOnlyGrows() {
        FolderStorage storage = FolderStorage.in(folder);
        List<FlightCheckpoint> flight = checkpoints("a/S", 4, "flight");
        DurableCheckpoints durable = DurableCheckpoints.read(storage, "a/S");
        durable.store(flight.subList(1, 2));
        durable.store(flight.subList(0, 1));
        assertThat(DurableCheckpoints.read(storage, "a/S").of("flight")).contains(flight.get(1));
        durable.store(checkpoints("a/S", 5, "flight").subList(0, 1));
        assertThat(DurableCheckpoints.read(storage, "a/S").of("flight"))
                .hasValueSatisfying(it -> assertThat(it.origin().boot()).isEqualTo(5));
        storage.write(StorageEntry.LAST_CHECKPOINT, new byte[5]);
        assertThat(DurableCheckpoints.read(storage, "a/S").of("flight")).isEmpty();
    }

    @Test
    void eachProfileHasADurableCheckpointAndAnUnusedOneIsKept() {
        FolderStorage storage = FolderStorage.in(folder);
        FlightCheckpoint flight = checkpoints("a/S", 1, "flight").get(0);
        FlightCheckpoint radio = checkpoints("a/S", 1, "radio").get(1);
        DurableCheckpoints.read(storage, "a/S").store(List.of(flight, radio));
        FlightCheckpoint secondBoot = checkpoints("a/S", 2, "flight").get(0);
        DurableCheckpoints.read(storage, "a/S").store(List.of(secondBoot));
        DurableCheckpoints third = DurableCheckpoints.read(storage, "a/S");
        assertThat(third.of("flight")).contains(secondBoot);
        assertThat(third.of("radio")).contains(radio);
        assertThat(third.of("other")).isEmpty();
    }

    @Test
    void theCheckpointOfFirmwareWithOneProfileIsStillRead() {
        FolderStorage storage = FolderStorage.in(folder);
        FlightCheckpoint flight = checkpoints("a/S", 3, "flight").get(1);
        storage.write(
                StorageEntry.LAST_CHECKPOINT,
                ByteBuffer.allocate(8 + FlightCheckpoint.WIRE_BYTES)
                        .putLong(3)
                        .put(flight.wire())
                        .array());
        assertThat(DurableCheckpoints.read(storage, "a/S").of("flight")).contains(flight);
    }

    /** Of one and of two leaves. */
    private static List<FlightCheckpoint> checkpoints(String prefix, long boot, String profile) {
        FlightLog log = new FlightLog(
                new FlightOrigin(prefix, boot, profile),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()));
        log.append(new byte[1]);
        FlightCheckpoint one = log.sign();
        log.append(new byte[1]);
        return List.of(one, log.sign());
    }

    @Test
    void keysAreMadeOnceAndComeBack() {
        SecureElement element = FolderSecureElement.in(folder, "pass".toCharArray(), new SecureRandom());
        assertThat(element.identityKey().key().algorithm()).isEqualTo(SignatureAlgorithm.ECDSA_P256_SHA256);
        assertThat(element.logKey().key().algorithm()).isEqualTo(SignatureAlgorithm.ED25519);
        SecureElement again = FolderSecureElement.in(folder, "pass".toCharArray(), new SecureRandom());
        assertThat(again.identityKey().key()).isEqualTo(element.identityKey().key());
        assertThat(again.logKey().key()).isEqualTo(element.logKey().key());
        SecureElement wrong = FolderSecureElement.in(folder, "wrong".toCharArray(), new SecureRandom());
        assertThatThrownBy(wrong::logKey).isInstanceOf(KrylaException.class);
    }

    @Test
    void checkpointsForReceiversThatCatchUpAreSpacedAndBounded() {
        FlightLog log = new FlightLog(
                new FlightOrigin("a/S", 1, "flight"),
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()));
        SentCheckpoints checkpoints = new SentCheckpoints(LogMemory.STANDARD.records());
        for (int leaf = 1; leaf <= 3000; leaf++) {
            log.append(new byte[] {1});
            if (leaf % 20 == 0) {
                checkpoints.add(log.sign());
            }
        }
        assertThat(checkpoints.newest().orElseThrow().size()).isEqualTo(3000);
        assertThat(checkpoints.newestWithin(2999).orElseThrow().size()).isGreaterThan(2999 - 513);
        assertThat(checkpoints.newestWithin(511).map(FlightCheckpoint::size))
                .hasValueSatisfying(size -> assertThat(size).isPositive());
        assertThat(checkpoints.newestWithin(19)).isEmpty();
    }
}
