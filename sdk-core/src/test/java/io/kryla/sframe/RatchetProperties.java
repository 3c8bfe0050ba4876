package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * Sealer and opener over a network that does anything, against what the protocol says of each datagram: nothing is taken
 * twice, nothing that the peer did not send is taken, and nothing is refused that the protocol lets in.
 */
class RatchetProperties {
    private static final long SECOND = 1_000_000_000L;
    private static final int SESSION = 3;

    /** {@code ./kryla test --full} multiplies by 20: 100,000 sequences. */
    @Property(tries = 5_000)
    void everyDatagramIsTakenOrRejectedAsTheProtocolSays(@ForAll("deeds") ActionChain<Network> deeds) {
        deeds.run();
    }

    @Provide
    Arbitrary<ActionChain<Network>> deeds() {
        return ActionChain.startWith(Network::new)
                .withAction(6, on(Arbitraries.integers().between(1, 4), "send", Network::send))
                .withAction(8, on(Arbitraries.integers().between(0, 40), "deliver", Network::deliver))
                .withAction(2, on(Arbitraries.integers().between(0, 40), "deliver twice", Network::deliverTwice))
                .withAction(2, on(Arbitraries.integers().between(0, 1 << 16), "forge", Network::forge))
                .withAction(1, on(Arbitraries.integers().between(1_000, 1_100), "lose", Network::lose))
                .withAction(1, on(Arbitraries.integers().between(2, 12), "lose steps", Network::loseSteps))
                .withAction(2, on(Arbitraries.integers().between(1, 60), "wait tenths", Network::waitTenths))
                .withMaxTransformations(40);
    }

    private interface Deed {
        void on(Network network, int number);
    }

    private static Action.Independent<Network> on(Arbitrary<Integer> numbers, String name, Deed deed) {
        return () ->
                numbers.map(number -> Transformer.mutate(name + " " + number, network -> deed.on(network, number)));
    }

    private record Sent(byte[] bytes, SFrameHeader header) {
        int step() {
            return (int) (header.kid() & 0xffff);
        }
    }

    /** Both ends, what is on its way, and the model beside them. */
    static final class Network {
        private static final KeyLife LIFE =
                new KeyLife(Duration.ofSeconds(8), 1_500, Duration.ofHours(23), Duration.ofHours(24));

        private final RatchetingSealer sealer = new RatchetingSealer(new KeyRatchet(new byte[32], SESSION), LIFE, 0);
        private final RatchetingOpener opener =
                new RatchetingOpener(new KeyRatchet(new byte[32], SESSION), 200, new RejectCounters(), 0);
        private final Model model = new Model();
        private final List<Sent> sent = new ArrayList<>();
        private final Set<SFrameHeader> used = new HashSet<>();
        private final byte[] frame = new byte[64];
        private final byte[] out = new byte[200];
        private long now;

        private Sent seal() {
            int length = sealer.seal(new byte[] {9, 8, 7}, 0, 3, frame, 0, now);
            SFrameHeader header = SFrameHeader.parse(frame, 0, length).orElseThrow();
            assertThat(used.add(header)).as("%s used once", header).isTrue();
            return new Sent(Arrays.copyOf(frame, length), header);
        }

        void send(int frames) {
            for (int i = 0; i < frames; i++) {
                sent.add(seal());
            }
        }

        /** Sealed and never seen again, so that what is on its way falls behind the window. */
        void lose(int frames) {
            for (int i = 0; i < frames; i++) {
                seal();
            }
        }

        /** Of each step one frame is on its way at the end; the sender's clock moves on. */
        void loseSteps(int steps) {
            for (int i = 0; i < steps; i++) {
                now += 8 * SECOND;
                sent.add(seal());
            }
        }

        void waitTenths(int tenths) {
            now += tenths * (SECOND / 10);
        }

        void deliver(int back) {
            receive(back, -1);
        }

        void deliverTwice(int back) {
            receive(back, -1);
            receive(back, -1);
        }

        /** One bit is another behind the header. */
        void forge(int choice) {
            receive(choice % 41, choice);
        }

        private void receive(int back, int flipped) {
            if (sent.isEmpty()) {
                return;
            }
            Sent datagram = sent.get(Math.max(0, sent.size() - 1 - back));
            byte[] bytes = datagram.bytes.clone();
            boolean forged = flipped >= 0;
            if (forged) {
                int bit = flipped % (8 * (3 + FrameSealer.TAG_BYTES));
                bytes[bytes.length - 1 - bit / 8] ^= (byte) (1 << bit % 8);
            }
            int result = opener.open(bytes, 0, bytes.length, out, 0, now);
            assertThat(result).as("%s at %d ns", datagram.header, now).isEqualTo(model.expect(datagram, forged, now));
            assertThat(opener.openedNewest()).isEqualTo(result >= 0 && model.lastWasNewest);
            assertThat(opener.step()).isEqualTo(model.newestStep);
        }
    }

    /** The protocol in sets and maps: which pairs were opened, the newest counter of each step, and when each step ended. */
    private static final class Model {
        private static final int WINDOW = 1_024;

        private final Set<SFrameHeader> opened = new HashSet<>();
        private final Map<Integer, Long> newestCounter = new HashMap<>();
        private final Map<Integer, Long> endsAt = new HashMap<>();
        private int newestStep;
        private boolean lastWasNewest;
        /** Steps 0 and 1 have their keys from the start. */
        private int derived = 1;
        /** Ten derivations at once, then one every 100 ms: here in hundredths of a second. */
        private long allowance = (RatchetingOpener.DERIVATIONS_PER_SECOND - 2) * 10L;

        private long allowedAt;

        int expect(Sent frame, boolean forged, long now) {
            int step = frame.step();
            long counter = frame.header.ctr();
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
            if (counter + WINDOW <= newestCounter.getOrDefault(step, -1L)) {
                return RejectReason.TOO_OLD.code();
            }
            if (opened.contains(frame.header)) {
                return RejectReason.REPLAYED.code();
            }
            if (forged) {
                return RejectReason.AEAD_FAILED.code();
            }
            opened.add(frame.header);
            lastWasNewest = step >= newestStep && counter > newestCounter.getOrDefault(step, -1L);
            newestCounter.merge(step, counter, Math::max);
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
