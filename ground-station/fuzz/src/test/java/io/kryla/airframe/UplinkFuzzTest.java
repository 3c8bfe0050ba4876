package io.kryla.airframe;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.fuzz.Executions;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.link.LinkPace;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.test.MemoryStorage;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.RecordRequest;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What a ground may send to an airframe, and what an airframe finds on its medium. */
class UplinkFuzzTest {
    private static final FlightOrigin ORIGIN =
            FlightOrigin.parse("kryla.example/flight/KRYL5FUZZ1/1/flight").orElseThrow();
    private static final GroundAuthority GROUND = new GroundAuthority(Digest.sha256(new byte[1]), Role.GROUND);
    private static final long SECOND = 1_000_000_000L;

    private final LogOutbox log = new LogOutbox(ORIGIN);
    private final LogDelivery delivery;
    private CommandDesk commands = new CommandDesk(true);
    private long nowNanos;
    private int answered;

    UplinkFuzzTest() {
        for (int i = 0; i < 50; i++) {
            log.records().add(new byte[40], 0, 40);
        }
        Receiver receiver = new Receivers(log).enter(log, 0, ReceiverJoined.getDefaultInstance());
        receiver.joinLogged();
        delivery = new LogDelivery(
                receiver,
                new LogDelivery.Transmitter() {
                    @Override
                    public void transmit(FrameKind kind, byte[] body, int offset, int length) {
                        answered++;
                    }

                    @Override
                    public boolean hasRoom() {
                        return true;
                    }
                },
                LinkPace.NETWORK,
                0);
        delivery.send(0);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                Command.newBuilder()
                        .setId(ByteString.copyFrom(new byte[CommandDesk.ID_BYTES]))
                        .setArm(Arm.getDefaultInstance())
                        .build()
                        .toByteArray(),
                Acknowledgement.newBuilder().setNextLeafIndex(3).build().toByteArray(),
                RecordRequest.newBuilder()
                        .addRanges(LeafRange.newBuilder().setFrom(1).setTo(9))
                        .build()
                        .toByteArray(),
                ByteBuffer.allocate(1 + 6 + Long.BYTES + FlightCheckpoint.WIRE_BYTES)
                        .put((byte) 6)
                        .put("flight".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .putLong(1)
                        .array(),
                new byte[Long.BYTES]);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void messagesOfAGroundAndWhatIsStored(byte[] input) {
        Executions.count();
        nowNanos += SECOND;
        answered = 0;
        if (commands.receive(input, GROUND)) {
            commands.takeRefusals(nowNanos);
            commands.poll();
            commands = new CommandDesk(true);
        }
        try {
            delivery.acknowledge(Acknowledgement.parseFrom(input), 0);
        } catch (InvalidProtocolBufferException e) {
            require(answered == 0, "nothing is sent for what is no message");
        }
        try {
            delivery.answer(RecordRequest.parseFrom(input), nowNanos);
        } catch (InvalidProtocolBufferException e) {
            require(answered == 0, "nothing is sent for what is no message");
        }
        require(answered <= LinkPace.NETWORK.requested() + 64, "an answer is bounded");
        readStorage(input);
    }

    private static void readStorage(byte[] input) {
        MemoryStorage storage = new MemoryStorage();
        storage.write(StorageEntry.LAST_CHECKPOINT, input);
        storage.write(StorageEntry.BOOT_COUNTER, input);
        DurableCheckpoints.read(storage, ORIGIN.prefix());
        try {
            require(BootCounter.next(storage) > 0, "boots are numbered from 1");
        } catch (KrylaException e) {
            require(e.code().equals("STORAGE_CORRUPT"), "the one code");
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
