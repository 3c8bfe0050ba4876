package io.kryla.ground.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangersTest {
    private static final ListenerCaps CAPS = new ListenerCaps(6, 4, 1_000, Duration.ofSeconds(10));

    private final Strangers strangers = new Strangers(CAPS);

    @Test
    void theOneThatHasWaitedLongestMakesRoom() throws Exception {
        List<HandshakeGuard> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(enter("192.0.2.1", Strangers.Entry.FREE));
        }
        enter("192.0.2.1", Strangers.Entry.TAKEN);
        enter("192.0.2.1", Strangers.Entry.TAKEN);
        assertThat(waiting).map(strangers::accept).containsExactly(false, false, true, true);
    }

    @Test
    void theOneThatGotFurthestStaysLongest() throws Exception {
        HandshakeGuard honest = enter("192.0.2.1", Strangers.Entry.FREE);
        honest.shookHands();
        for (int i = 0; i < 1_000; i++) {
            enter("192.0.2.1", i < 3 ? Strangers.Entry.FREE : Strangers.Entry.TAKEN);
        }
        assertThat(strangers.accept(honest)).isTrue();
    }

    @Test
    void aFloodPushesOutItsOwn() throws Exception {
        HandshakeGuard honest = enter("198.51.100.7", Strangers.Entry.FREE);
        for (int i = 0; i < 1_000; i++) {
            enter("192.0.2.1", i < 3 ? Strangers.Entry.FREE : Strangers.Entry.TAKEN);
        }
        assertThat(strangers.accept(honest)).isTrue();
    }

    @Test
    void theAddressesOfAnIpv6NetworkAreOne() throws Exception {
        HandshakeGuard honest = enter("2001:db8:1::1", Strangers.Entry.FREE);
        for (int i = 0; i < 1_000; i++) {
            enter("2001:db8:2::" + Integer.toHexString(i + 1), i < 3 ? Strangers.Entry.FREE : Strangers.Entry.TAKEN);
        }
        assertThat(strangers.accept(honest)).isTrue();
    }

    @Test
    void acceptedPeersKeepTheirPlacesAndAreRefusedNoMoreThanThatMany() throws Exception {
        List<HandshakeGuard> accepted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            accepted.add(enter("192.0.2.1", Strangers.Entry.FREE));
            assertThat(strangers.accept(accepted.get(i))).isTrue();
        }
        enter("192.0.2.1", Strangers.Entry.REFUSED);
        strangers.leave(accepted.get(0), true);
        HandshakeGuard last = enter("192.0.2.1", Strangers.Entry.FREE);
        enter("192.0.2.9", Strangers.Entry.TAKEN);
        assertThat(strangers.accept(last)).isFalse();
    }

    @Test
    void whoLeavesGivesThePlaceBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            strangers.leave(enter("192.0.2.1", Strangers.Entry.FREE), false);
        }
    }

    private HandshakeGuard enter(String address, Strangers.Entry expected) throws UnknownHostException {
        HandshakeGuard guard = new HandshakeGuard(CAPS, strangers, new ListenerCounters());
        assertThat(strangers.enter(guard, InetAddress.getByName(address))).isEqualTo(expected);
        return guard;
    }
}
