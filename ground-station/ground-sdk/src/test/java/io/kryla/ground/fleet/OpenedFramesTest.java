package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SessionKeys;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.FrameKind;
import io.kryla.v1.KeyOffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OpenedFramesTest {
    private final OpenedFrames frames = new OpenedFrames();
    private final SealedSender sender;
    private final SealedReceiver receiver;

    OpenedFramesTest() {
        SecureRandom random = new SecureRandom();
        KeyOffer airframe = SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 1);
        KeyOffer ground = SessionKeys.freshOffer(random, SessionKeys.SESSION_IDS - 2);
        sender = SessionKeys.agree(airframe, ground).orElseThrow().sender(KeyLife.STANDARD, 0);
        receiver = SessionKeys.agree(ground, airframe).orElseThrow().receiver(new RejectCounters(), 0);
    }

    /** Lengths below four come again and again; each frame is forged as often as it says before it comes. */
    @Property(tries = 100)
    void whatWasKeptIsWhatWasSealedAndStaysSo(
            @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> lengths,
            @ForAll @IntRange(max = 2) int forgeries,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> sealed = new ArrayList<>();
        List<byte[]> kept = new ArrayList<>();
        for (int length : lengths) {
            byte[] body = new byte[length];
            random.nextBytes(body);
            byte[] datagram = sender.seal(FrameKind.FRAME_KIND_RECORD, body, 0);
            for (int i = 0; i < forgeries; i++) {
                assertThat(open(forged(datagram))).isEqualTo(RejectReason.AEAD_FAILED.code());
            }
            byte[] room = frames.roomFor(datagram, datagram.length);
            kept.add(frames.keep(room, receiver.open(datagram, 0, datagram.length, room, 0, 0)));
            sealed.add(body);
        }
        for (int i = 0; i < sealed.size(); i++) {
            byte[] frame = kept.get(i);
            assertThat(frame[0]).isEqualTo((byte) FrameKind.FRAME_KIND_RECORD_VALUE);
            assertThat(Arrays.copyOfRange(frame, 1, frame.length)).isEqualTo(sealed.get(i));
        }
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        arrays.addAll(kept);
        assertThat(arrays).hasSameSizeAs(kept);
    }

    @Test
    void asLongAsTheLastIsOpenedInItsOwnArray() {
        byte[] first = sender.seal(FrameKind.FRAME_KIND_RECORD, new byte[100], 0);
        byte[] room = frames.roomFor(first, first.length);
        assertThat(frames.keep(room, receiver.open(first, 0, first.length, room, 0, 0)))
                .isNotSameAs(room);

        byte[] second = sender.seal(FrameKind.FRAME_KIND_RECORD, new byte[100], 0);
        byte[] own = frames.roomFor(second, second.length);
        assertThat(own).hasSize(101).isNotSameAs(room);
        assertThat(frames.keep(own, receiver.open(second, 0, second.length, own, 0, 0)))
                .isSameAs(own);
        assertThat(frames.roomFor(second, second.length)).isNotSameAs(own);
    }

    @Test
    void whatDoesNotOpenIsGivenNoArrayOfItsOwn() {
        byte[] genuine = sender.seal(FrameKind.FRAME_KIND_RECORD, new byte[100], 0);
        byte[] scratch = frames.roomFor(genuine, genuine.length);
        frames.keep(scratch, receiver.open(genuine, 0, genuine.length, scratch, 0, 0));

        byte[] forged = forged(sender.seal(FrameKind.FRAME_KIND_RECORD, new byte[100], 0));
        byte[] own = frames.roomFor(forged, forged.length);
        assertThat(open(forged)).isEqualTo(RejectReason.AEAD_FAILED.code());
        assertThat(own).containsOnly(0);
        assertThat(frames.roomFor(forged, forged.length)).isSameAs(own);
        for (int length = 0; length < forged.length; length++) {
            assertThat(frames.roomFor(forged, length)).as("length " + length).isSameAs(scratch);
        }
    }

    private int open(byte[] datagram) {
        return receiver.open(datagram, 0, datagram.length, frames.roomFor(datagram, datagram.length), 0, 0);
    }

    private static byte[] forged(byte[] datagram) {
        byte[] forged = datagram.clone();
        forged[forged.length - 1] ^= 1;
        return forged;
    }
}
