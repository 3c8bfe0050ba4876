package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.ground.record.RepairResult.Repaired;
import io.kryla.ground.record.RepairResult.Undamaged;
import io.kryla.ground.record.RepairResult.Unrepairable;
import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapReader;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.mcap.McapWriter;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRepairTest {
    @TempDir
    static Path folder;

    @TempDir
    Path scratch;

    private static ProvenOnce verifier;
    private static byte[] good;
    private static List<byte[]> records;

    @BeforeAll
    static void aRecording() throws Exception {
        WrittenFlight flight = new WrittenFlight(folder);
        good = Files.readAllBytes(flight.write(folder.resolve("flight.mcap"), 40, 10));
        verifier = new ProvenOnce(flight);
        records = attestedIn(good);
        assertThat(records).hasSizeGreaterThan(20);
    }

    @Test
    void aFileCutOffAnywhereIsRepairedToItsLastCheckpointThatIsWhole() throws Exception {
        long before = 0;
        int whole = 0;
        for (int length = good.length - 1; length > good.length - 3_500; length -= 61) {
            whole += repairedLike(Arrays.copyOf(good, length), "cut at " + length) == records.size() ? 1 : 0;
        }
        assertThat(whole).isPositive();
        for (int length = 0; length < good.length; length += 397) {
            long leaves = repairedLike(Arrays.copyOf(good, length), "cut at " + length);
            assertThat(leaves).as("cut at " + length).isGreaterThanOrEqualTo(before);
            before = leaves;
        }
    }

    @Test
    void aDamagedFileIsRepairedUpToTheDamage() throws Exception {
        Random random = new Random(31);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            repairedLike(damaged, "round " + round + " of seed 31");
        }
    }

    @Test
    void whenOnlyTheEndIsMissingTheRepairedFileIsTheOneThatWouldHaveBeen() throws Exception {
        Path damaged = Files.write(scratch.resolve("flight.mcap.partial"), Arrays.copyOf(good, good.length - 1));
        Path repaired = scratch.resolve("repaired.mcap");
        RepairResult result = FlightRepair.repair(damaged, repaired);
        assertThat(result).isInstanceOfSatisfying(Repaired.class, it -> {
            assertThat(it.closed()).isTrue();
            assertThat(it.leaves()).isEqualTo(records.size());
            assertThat(it.leavesDropped()).isZero();
            assertThat(it.damage().code()).isEqualTo("TRUNCATED");
        });
        assertThat(repaired).hasBinaryContent(good);
        assertThat(damaged).hasBinaryContent(Arrays.copyOf(good, good.length - 1));
    }

    @Test
    void saysWhatWasLost() throws Exception {
        Path damaged = Files.write(scratch.resolve("cut.mcap"), WrittenFlight.cutInLastChunk(good));
        RepairResult result = FlightRepair.repair(damaged, scratch.resolve("repaired.mcap"));
        assertThat(result).isInstanceOfSatisfying(Repaired.class, it -> {
            assertThat(it.closed()).isFalse();
            assertThat(it.leaves()).isLessThan(records.size()).isGreaterThan(1);
            assertThat(it.checkpoints()).isGreaterThan(1);
            assertThat(it.bytesUnread()).isBetween(20L, 100L);
            assertThat(it.damage().where()).startsWith("byte ");
        });
    }

    @Test
    void aWholeFileNeedsNoRepairAndAnEmptyOneHasNothing() throws Exception {
        Path repaired = scratch.resolve("repaired.mcap");
        Path whole = Files.write(scratch.resolve("whole.mcap"), good);
        assertThat(FlightRepair.repair(whole, repaired)).isEqualTo(new Undamaged(records.size()));
        for (byte[] nothing : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(good, 500), Arrays.copyOf(good, 9_000)}) {
            Path file = Files.write(scratch.resolve("nothing.mcap"), nothing);
            assertThat(FlightRepair.repair(file, repaired)).isInstanceOf(Unrepairable.class);
        }
        try (var left = Files.list(scratch)) {
            assertThat(left)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("whole.mcap", "nothing.mcap");
        }
    }

    @Test
    void neverWritesOverAnything() throws Exception {
        Path file = Files.write(scratch.resolve("flight.mcap"), Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> FlightRepair.repair(file, file)).isInstanceOf(IllegalArgumentException.class);
        // The name under which a recorder leaves what it did not finish is no name that a repair writes to.
        Path partial = Files.move(file, scratch.resolve("flight.mcap.partial"));
        assertThat(FlightRepair.repair(partial, file)).isInstanceOf(Repaired.class);
        assertThat(partial).hasBinaryContent(Arrays.copyOf(good, good.length - 1));
        assertThat(file).hasBinaryContent(good);
    }

    @Test
    void whatAFileSaysOfItsTopicsBesideTheirNamesIsNotCopied() throws Exception {
        Path other = scratch.resolve("other.mcap");
        try (McapWriter writer = McapWriter.create(other, FlightLayout.OPTIONS)) {
            McapReader.readStrictly(
                    Files.write(scratch.resolve("good.mcap"), good), FlightLayout.LIMITS, new Retold(writer));
            writer.finish();
        }
        byte[] retold = Files.readAllBytes(other);
        Path damaged = Files.write(scratch.resolve("cut.mcap"), Arrays.copyOf(retold, retold.length - 1));
        Path repaired = scratch.resolve("repaired.mcap");
        assertThat(FlightRepair.repair(damaged, repaired)).isInstanceOf(Repaired.class);
        assertThat(repaired).hasBinaryContent(good);
    }

    /** Copies a recording with notes at its channels that none has. */
    private static final class Retold implements McapVisitor {
        private final McapWriter writer;
        private final List<McapSchema> schemas = new ArrayList<>();
        private final List<McapChannel> channels = new ArrayList<>();

        Retold(McapWriter writer) {
            this.writer = writer;
        }

        @Override
        public void onMetadata(McapMetadata metadata) {
            write(() -> writer.addMetadata(metadata));
        }

        @Override
        public void onAttachment(McapAttachment attachment) {
            write(() -> writer.attach(attachment));
        }

        @Override
        public void onSchema(int id, McapSchema schema) {
            schemas.add(schema);
        }

        @Override
        public void onChannel(McapChannel channel) {
            write(() -> channels.add(writer.addChannel(
                    channel.topic(), schemas.get(channel.id()), new TreeMap<>(Map.of("note", "of somebody")))));
        }

        @Override
        public void onMessage(McapChannel channel, McapMessage message) {
            write(() -> writer.write(
                    channels.get(channel.id()),
                    message.sequence(),
                    message.logTimeNanos(),
                    message.publishTimeNanos(),
                    message.data()));
        }

        private interface Step {
            void run() throws IOException;
        }

        private static void write(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Repairs, demands that the result proves all that the damaged file did, and returns how many leaves that is. */
    private long repairedLike(byte[] bytes, String how) throws IOException {
        Path damaged = Files.write(scratch.resolve("damaged.mcap"), bytes);
        Path repaired = scratch.resolve("repaired.mcap");
        List<byte[]> attested = attestedIn(bytes);
        RepairResult result = FlightRepair.repair(damaged, repaired);
        if (result instanceof Unrepairable) {
            assertThat(attested).as(how).isEmpty();
            return 0;
        }
        Repaired file = (Repaired) result;
        byte[] content = Files.readAllBytes(repaired);
        Files.delete(repaired);
        FlightVerdict verdict = verifier.verify(content);
        if (file.closed()) {
            assertThat(verdict).as(how).isInstanceOf(FlightVerdict.Attested.class);
        } else {
            assertThat(verdict)
                    .as(how)
                    .isInstanceOfSatisfying(
                            FlightVerdict.Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(FlightVerdict.LOG_NOT_CLOSED));
        }
        List<byte[]> kept = attestedIn(content);
        assertThat(kept.size()).as(how).isEqualTo((int) file.leaves()).isGreaterThanOrEqualTo(attested.size());
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i)).isEqualTo(records.get(i));
        }
        return kept.size();
    }

    private static List<byte[]> attestedIn(byte[] file) throws IOException {
        List<byte[]> attested = new ArrayList<>();
        verifier.verify(file, new FlightSink() {
            @Override
            public void onAttested(List<AttestedRecord> some, FlightCheckpoint checkpoint) {
                some.forEach(record -> attested.add(record.recordBytes()));
            }
        });
        return attested;
    }
}
