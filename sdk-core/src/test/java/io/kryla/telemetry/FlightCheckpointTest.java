package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.tlog.NoteVerifier;
import org.junit.jupiter.api.Test;

class FlightCheckpointTest {
    private final TestLog log = TestLog.of(5);
    private final FlightCheckpoint checkpoint =
            FlightCheckpoint.parseWire(TestLog.ORIGIN, log.checkpoint()).orElseThrow();

    @Test
    void theWireFormHas104Bytes() {
        assertThat(log.checkpoint()).hasSize(104).startsWith(0, 0, 0, 0, 0, 0, 0, 5);
        assertThat(checkpoint.wire()).isEqualTo(log.checkpoint());
    }

    @Test
    void theRebuiltNoteIsASignedNoteThatAnyoneCanVerify() {
        var note = checkpoint.note(log.logKey.key());
        assertThat(note.checkpoint().origin()).isEqualTo("kryla.example/flight/KRYLA5TEST1/3/flight");
        assertThat(NoteVerifier.of(TestLog.ORIGIN.text(), log.logKey.key()).verify(note.note()))
                .isTrue();
        assertThat(io.kryla.tlog.SignedCheckpoint.parse(note.bytes())).contains(note);
    }

    @Test
    void theSameSignatureDoesNotVerifyForAnotherLog() {
        assertThat(checkpoint.verifies(log.logKey.key())).isTrue();
        FlightOrigin other = new FlightOrigin(TestLog.ORIGIN.prefix(), 4, "flight");
        assertThat(FlightCheckpoint.parseWire(other, checkpoint.wire())
                        .orElseThrow()
                        .verifies(log.logKey.key()))
                .isFalse();
    }

    @Test
    void everyFlippedBitOfTheWireFormIsRefused() {
        byte[] wire = checkpoint.wire();
        for (int bit = 0; bit < 8 * wire.length; bit++) {
            wire[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(FlightCheckpoint.parseWire(TestLog.ORIGIN, wire)
                            .filter(altered -> altered.verifies(log.logKey.key())))
                    .as("bit " + bit)
                    .isEmpty();
            wire[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void anOriginHasOneForm() {
        assertThat(FlightOrigin.parse(TestLog.ORIGIN.text())).contains(TestLog.ORIGIN);
        assertThat(TestLog.ORIGIN.serial()).isEqualTo("KRYLA5TEST1");
        assertThat(FlightOrigin.parse("a/b/03/flight")).isEmpty();
        assertThat(FlightOrigin.parse("a/b/0/flight")).isEmpty();
        assertThat(FlightOrigin.parse("a/b/3/Flight")).isEmpty();
        assertThat(FlightOrigin.parse("a b/3/flight")).isEmpty();
        assertThat(FlightOrigin.parse("/3/flight")).isEmpty();
        assertThat(FlightOrigin.parse("")).isEmpty();
        assertThatThrownBy(() -> new FlightOrigin("a+b", 1, "flight")).isInstanceOf(IllegalArgumentException.class);
    }
}
