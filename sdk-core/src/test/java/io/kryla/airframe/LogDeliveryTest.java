package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.link.LinkPace;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.FrameKind;
import io.kryla.v1.ReceiverJoined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A path that has room for so many datagrams and no more; records are told apart by their one byte. */
class LogDeliveryTest {
    private static final LinkPace PACE = new LinkPace(Duration.ofSeconds(1), 10, 2, 10, 242);

    private final LogOutbox log = new LogOutbox(
            FlightOrigin.parse("kryla.example/flight/ZZZZ8DE010001/1/flight").orElseThrow());
    private final List<Integer> sent = new ArrayList<>();
    private int room;
    private LogDelivery delivery;

    @BeforeEach
    void aReceiver() {
        Receiver receiver = new Receivers(log).enter(log, 0, ReceiverJoined.getDefaultInstance());
        receiver.joinLogged();
        delivery = new LogDelivery(
                receiver,
                new LogDelivery.Transmitter() {
                    @Override
                    public void transmit(FrameKind kind, byte[] body, int offset, int length) {
                        room--;
                        sent.add((int) body[offset]);
                    }

                    @Override
                    public boolean hasRoom() {
                        return room > 0;
                    }
                },
                PACE,
                0);
    }

    @Test
    void withRoomEverythingGoesInItsOrder() {
        samples(3);
        event();
        samples(2);
        send(100);
        assertThat(sent).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void anEventGoesAheadOfSamplesThatWaitForRoomAndOnce() {
        samples(5);
        send(2);
        event();
        samples(1);
        send(2);
        send(100);
        assertThat(sent).containsExactly(0, 1, 5, 2, 3, 4, 6);
    }

    @Test
    void anEventGoesAheadOfSamplesThatAreNotAcknowledged() {
        samples(12);
        send(100);
        assertThat(sent).hasSize(10);
        event();
        send(100);
        assertThat(sent.subList(10, sent.size())).containsExactly(12);
        acknowledge(10);
        send(100);
        assertThat(sent.subList(11, sent.size())).containsExactly(10, 11);
    }

    @Test
    void eventsDoNotRunAwayFromWhatIsAcknowledged() {
        samples(12);
        send(100);
        IntStream.range(0, 30).forEach(i -> event());
        send(100);
        assertThat(sent).hasSize(10 + 8).endsWith(12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void whatTheReceiverHasAlreadyIsNotSentInItsTurn() {
        samples(5);
        send(1);
        event();
        send(1);
        acknowledge(6);
        samples(1);
        send(100);
        assertThat(sent).containsExactly(0, 5, 6);
    }

    private void send(int datagrams) {
        room = datagrams;
        delivery.send(0);
    }

    private void acknowledge(long leaves) {
        assertThat(delivery.acknowledge(
                        Acknowledgement.newBuilder().setNextLeafIndex(leaves).build(), 0))
                .isTrue();
    }

    private void samples(int count) {
        for (int i = 0; i < count; i++) {
            log.records().add(new byte[] {(byte) log.records().size()}, 0, 1);
        }
    }

    private void event() {
        log.records().addUrgent(new byte[] {(byte) log.records().size()}, 0, 1);
    }
}
