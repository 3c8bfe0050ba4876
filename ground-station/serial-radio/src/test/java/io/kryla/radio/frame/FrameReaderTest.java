package io.kryla.radio.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader();
    private final List<LineFrame> frames = new ArrayList<>();

    /** RFC 3720 §B.4, and the check value of every catalogue. */
    @Test
    void theCheckIsCrc32c() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(LineFrame.checkOf(new byte[32], 32)).isEqualTo(0x8a9136aa);
        assertThat(LineFrame.checkOf(ones, 32)).isEqualTo(0x62a8ab43);
        assertThat(LineFrame.checkOf("123456789".getBytes(StandardCharsets.US_ASCII), 9))
                .isEqualTo(0xe3069283);
    }

    @Test
    void aFrameOnTheLineLooksLikeThis() {
        byte[] line = new byte[LineFrame.MTU];
        int length = new LineFrame(LineChannel.DATAGRAM, new byte[] {0x11, 0, 0x22}).encode(line);
        assertThat(HexFormat.of().formatHex(line, 0, length)).isEqualTo("00" + "030411" + "06" + "22" + check() + "00");
    }

    private static String check() {
        return HexFormat.of().toHexDigits(LineFrame.checkOf(new byte[] {4, 0x11, 0, 0x22}, 4));
    }

    @Test
    void theLongestFrameFillsTheMtu() {
        byte[] body = new byte[LineFrame.MAX_BODY_BYTES];
        Arrays.fill(body, (byte) 7);
        assertThat(new LineFrame(LineChannel.SEGMENT, body).encode(new byte[LineFrame.MTU]))
                .isEqualTo(LineFrame.MTU);
        assertThatThrownBy(() -> new LineFrame(LineChannel.SEGMENT, new byte[LineFrame.MAX_BODY_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("243");
    }

    @Test
    void saysWhyBytesAreNoFrame() {
        byte[] tooLong = new byte[300];
        Arrays.fill(tooLong, (byte) 9);
        assertRejected(FrameRejection.OVERSIZE, tooLong);
        assertRejected(FrameRejection.MALFORMED, new byte[] {9, 1});
        assertRejected(FrameRejection.MALFORMED, new byte[] {3, 1, 1});
        assertRejected(FrameRejection.BAD_CHECK, new byte[] {7, 1, 1, 2, 3, 4, 5});
        assertRejected(FrameRejection.UNKNOWN_CHANNEL, unknownChannel());
    }

    private static byte[] unknownChannel() {
        byte[] packet = {99, 0, 0, 0, 0};
        int check = LineFrame.checkOf(packet, 1);
        for (int i = 0; i < 4; i++) {
            packet[1 + i] = (byte) (check >>> (24 - 8 * i));
        }
        byte[] encoded = new byte[Cobs.maxEncodedBytes(packet.length)];
        return Arrays.copyOf(encoded, Cobs.encode(packet, packet.length, encoded, 0));
    }

    private void assertRejected(FrameRejection reason, byte[] betweenZeros) {
        long before = reader.rejected(reason);
        byte[] line = Arrays.copyOf(betweenZeros, betweenZeros.length + 1);
        reader.receive(line, line.length, frames::add);
        assertThat(reader.rejected(reason)).isEqualTo(before + 1);
        assertThat(frames).isEmpty();
    }
}
