package io.kryla.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.SFrameHeader;
import io.kryla.v1.FrameKind;
import io.kryla.v1.KeyOffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** AES-GCM falls with one nonce used twice under a key: no two datagrams ever share base key, step and counter. */
class SealedPairsProperties {
    private static final int THREADS = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What makes key and nonce of a datagram. */
    private record Pair(ByteString baseKey, SFrameHeader header) {}

    /**
     * Each life is a boot: fresh offers of both ends, as set-up makes them, then four threads a direction that seal for as long as
     * it lasts; steps end by count and by the clock, which the threads move on.
     */
    @Property(tries = 60)
    void noPairOfKeyAndCounterRepeatsOverRebootsRekeysAndThreads(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 120) Integer> framesAThread,
            @ForAll @IntRange(min = 1, max = 40) int stepFrames,
            @ForAll @IntRange(min = 1, max = 40) int stepMillis)
            throws Exception {
        Set<Pair> used = ConcurrentHashMap.newKeySet();
        AtomicLong sealed = new AtomicLong();
        KeyLife life = new KeyLife(Duration.ofMillis(stepMillis), stepFrames, Duration.ofHours(1), Duration.ofHours(2));
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        try {
            for (int frames : framesAThread) {
                KeyOffer airframe = SessionKeys.freshOffer(RANDOM, 7);
                KeyOffer ground = SessionKeys.freshOffer(RANDOM, 7);
                AtomicLong clock = new AtomicLong();
                List<Callable<Void>> work = new ArrayList<>();
                for (KeyOffer own : List.of(airframe, ground)) {
                    KeyOffer peer = own == airframe ? ground : airframe;
                    SealedSender sender =
                            SessionKeys.agree(own, peer).orElseThrow().sender(life, 0);
                    for (int thread = 0; thread < THREADS; thread++) {
                        work.add(() -> {
                            for (int i = 0; i < frames; i++) {
                                byte[] datagram = sender.seal(
                                        FrameKind.FRAME_KIND_RECORD, new byte[3], clock.addAndGet(1_000_000));
                                SFrameHeader header = SFrameHeader.parse(datagram, 0, datagram.length)
                                        .orElseThrow();
                                used.add(new Pair(own.getBaseKey(), header));
                                sealed.incrementAndGet();
                            }
                            return null;
                        });
                    }
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(used).hasSize(Math.toIntExact(sealed.get()));
    }
}
