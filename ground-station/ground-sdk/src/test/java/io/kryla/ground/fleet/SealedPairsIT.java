package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.AirframeAgent;
import io.kryla.ground.line.TapLink;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.SFrameHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Key id and counter of every datagram on the wire, over reboots of one airframe, renewals and ratchet steps. */
@Timeout(120)
class SealedPairsIT {
    private static final int BOOTS = 4;
    private static final int SESSIONS_A_BOOT = 3;

    @TempDir
    Path folder;

    @Test
    void noPairOfKeyAndCounterIsSeenTwice() throws Exception {
        TestLine line = new TestLine();
        TestAirframe airframe = TestAirframe.born(line, "KRYL5PAIR1", folder);
        KeyLife life = new KeyLife(Duration.ofMillis(100), 20, Duration.ofHours(1), Duration.ofHours(2));
        List<TapLink> taps = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start()) {
            for (int boot = 0; boot < BOOTS; boot++) {
                try (AirframeAgent agent = airframe.agent()
                        .keyLife(life)
                        .datagrams(ground -> {
                            taps.add(new TapLink(ground));
                            return taps.get(taps.size() - 1);
                        })
                        .boot()) {
                    for (int session = 0; session < SESSIONS_A_BOOT; session++) {
                        agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                        TestAirframe.fly(agent, 200 * session, 200 * (session + 1));
                    }
                }
            }
        }
        assertThat(taps).hasSizeGreaterThanOrEqualTo(BOOTS * SESSIONS_A_BOOT);
        assertNoneTwice(taps.stream().flatMap(tap -> tap.sent().stream()).toList(), 500);
        assertNoneTwice(taps.stream().flatMap(tap -> tap.received().stream()).toList(), 50);
    }

    /** Session ids are drawn out of 2^24 for a dozen sessions: two that are equal by chance are not to be expected. */
    private static void assertNoneTwice(List<byte[]> datagrams, int expected) {
        Set<SFrameHeader> seen = new HashSet<>();
        Set<Long> keys = new HashSet<>();
        for (byte[] datagram : datagrams) {
            SFrameHeader header =
                    SFrameHeader.parse(datagram, 0, datagram.length).orElseThrow();
            assertThat(seen.add(header)).as("%s is new", header).isTrue();
            keys.add(header.kid());
        }
        assertThat(seen).hasSizeGreaterThan(expected);
        assertThat(keys).hasSizeGreaterThanOrEqualTo(BOOTS);
    }
}
