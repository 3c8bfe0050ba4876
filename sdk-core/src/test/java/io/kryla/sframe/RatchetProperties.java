package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Sealer and opener over a network that does anything, against what the protocol says of each datagram. */
class RatchetProperties {
    private static final long SECOND = 1_000_000_000L;
    private static final int SESSION = 3;

    private record Sent(byte[] bytes, SFrameHeader header) {
        int step() {
            return (int) (header.kid() & 0xffff);
        }
    }

    /** Each number is a deed; the sender moves on after three frames or eight seconds. */
    @Property(tries = 400)
    void everyDatagramIsTakenOrRejectedAsTheProtocolSays(
            @ForAll @Size(min = 20, max = 120) List<@IntRange(min = 0, max = 999) Integer> deeds) {
        KeyLife life = new KeyLife(Duration.ofSeconds(8), 3, Duration.ofHours(23), Duration.ofHours(24));
        RatchetingSealer sealer = new RatchetingSealer(new KeyRatchet(new byte[32], SESSION), life, 0);
        RatchetingOpener opener =
                new RatchetingOpener(new KeyRatchet(new byte[32], SESSION), 200, new RejectCounters(), 0);
        Model model = new Model();
        List<Sent> sent = new ArrayList<>();
        Set<SFrameHeader> used = new HashSet<>();
        long now = 0;
        for (int deed : deeds) {
            now += deed % 7 == 0 ? 6 * SECOND : SECOND / 4;
            if (sent.isEmpty() || deed < 400) {
                Sent frame = seal(sealer, now);
                assertThat(used.add(frame.header)).as("pair used once").isTrue();
                sent.add(frame);
            } else {
                Sent frame = sent.get(Math.max(0, sent.size() - 1 - deed % 40));
                byte[] bytes = frame.bytes.clone();
                boolean forged = deed >= 900;
                if (forged) {
                    bytes[bytes.length - 1 - deed % 19] ^= 1;
                }
                int result = opener.open(bytes, 0, bytes.length, new byte[200], 0, now);
                assertThat(result).isEqualTo(model.expect(frame, forged, now));
                assertThat(opener.openedNewest()).isEqualTo(result >= 0 && model.lastWasNewest);
                assertThat(opener.step()).isEqualTo(model.newestStep);
            }
        }
    }

    private static Sent seal(RatchetingSealer sealer, long now) {
        byte[] frame = new byte[64];
        int length = sealer.seal(new byte[] {9, 8, 7}, 0, 3, frame, 0, now);
        return new Sent(
                java.util.Arrays.copyOf(frame, length),
                SFrameHeader.parse(frame, 0, length).orElseThrow());
    }

    /** The protocol in sets and maps: which pairs were opened, and when each step ended. */
    private static final class Model {
        private final Set<SFrameHeader> opened = new HashSet<>();
        private final Map<Integer, Long> endsAt = new HashMap<>();
        private int newestStep;
        private long newestCounter = -1;
        private boolean lastWasNewest;
        /** Steps 0 and 1 have their keys from the start. */
        private int derived = 1;
        /** Ten derivations at once, then one every 100 ms: here in hundredths of a second. */
        private long allowance = (RatchetingOpener.DERIVATIONS_PER_SECOND - 2) * 10L;

        private long allowedAt;

        int expect(Sent frame, boolean forged, long now) {
            int step = frame.step();
            if (Math.abs(step - newestStep) > RatchetingOpener.LOOK_AHEAD) {
                return RejectReason.RATCHET_TOO_FAR.code();
            }
            if (step < newestStep && now >= endsAt.getOrDefault(step, Long.MAX_VALUE)) {
                return RejectReason.TOO_OLD.code();
            }
            while (derived < step) {
                if (!mayDerive(now)) {
                    return RejectReason.RATCHET_LIMITED.code();
                }
                derived++;
            }
            if (opened.contains(frame.header)) {
                return RejectReason.REPLAYED.code();
            }
            if (forged) {
                return RejectReason.AEAD_FAILED.code();
            }
            opened.add(frame.header);
            lastWasNewest = step > newestStep || (step == newestStep && frame.header.ctr() > newestCounter);
            if (lastWasNewest) {
                newestCounter = frame.header.ctr();
            }
            for (int left = newestStep; left < step; left++) {
                endsAt.put(left, now + RatchetingOpener.OVERLAP_NANOS);
            }
            if (step > newestStep && step == derived && mayDerive(now)) {
                derived++;
            }
            newestStep = Math.max(newestStep, step);
            return 3;
        }

        private boolean mayDerive(long now) {
            long hundredths = now / (SECOND / 100);
            allowance = Math.min(RatchetingOpener.DERIVATIONS_PER_SECOND * 10L, allowance + hundredths - allowedAt);
            allowedAt = hundredths;
            if (allowance < 10) {
                return false;
            }
            allowance -= 10;
            return true;
        }
    }
}
