package io.kryla.session;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.SFrameHeader;
import io.kryla.v1.FrameKind;
import io.kryla.v1.KeyOffer;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams: frames of a session, and beacons. */
class FrameFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyOffer AIRFRAME = SessionKeys.freshOffer(RANDOM, 0x123456);
    private static final KeyOffer GROUND = SessionKeys.freshOffer(RANDOM, 0x654321);

    private final RejectCounters rejections = new RejectCounters();
    private final SealedReceiver receiver =
            SessionKeys.agree(GROUND, AIRFRAME).orElseThrow().receiver(rejections, 0);
    private long rejected;
    private final byte[] out = new byte[SealedSender.MAX_DATAGRAM_BYTES];
    private long nowNanos;

    static Stream<byte[]> seeds() throws Exception {
        SealedSender sender = SessionKeys.agree(AIRFRAME, GROUND).orElseThrow().sender(KeyLife.STANDARD, 0);
        byte[] frame = sender.seal(FrameKind.FRAME_KIND_RECORD, new byte[40], 0);
        // A header of this session, with nothing that would open.
        Arrays.fill(frame, frame.length - 50, frame.length, (byte) 1);
        return Stream.of(
                frame,
                new SFrameHeader(-1, -1).encode(),
                BeaconMessage.encode(Optional.empty(), 14_600),
                BeaconMessage.encode(Optional.of(InetAddress.getByName("192.0.2.1")), 14_600));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void datagramsOfStrangers(byte[] datagram) throws Exception {
        Executions.count();
        nowNanos += 1_000_000;
        require(
                receiver.open(datagram, 0, datagram.length, out, 0, nowNanos) < 0 && receiver.step() == 0,
                "no key, no plaintext, no step");
        rejected++;
        if (rejected % 1_000 == 0) {
            require(rejections.total() == rejected, "each rejection is counted once");
        }
        int session = SessionKeys.claimedSessionId(datagram, 0, datagram.length);
        require(session >= -1 && session < SessionKeys.SESSION_IDS, "a session id or none");
        SessionKeys.rejectionOfStray(datagram, 0, datagram.length);
        SFrameHeader.parse(datagram, 0, datagram.length)
                .map(SFrameHeader::encode)
                .ifPresent(encoded -> require(
                        Arrays.equals(encoded, 0, encoded.length, datagram, 0, encoded.length),
                        "one form of a header"));
        BeaconMessage.parse(datagram, datagram.length, InetAddress.getLoopbackAddress())
                .ifPresent(ground -> require(ground.getPort() > 0, "a port to connect to"));
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
