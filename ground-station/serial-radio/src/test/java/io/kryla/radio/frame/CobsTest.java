package io.kryla.radio.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples that the literature gives; those with 254 bytes and more show where a block ends by its length. */
class CobsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void encodesTheExampleOfThePaper() {
        // Cheshire and Baker 1999, figure 3: an IP packet's first bytes.
        assertEncodes("4500002c4c79000040064f37", "024501042c4c7901" + "0540064f37");
    }

    @Test
    void encodesZerosAndRuns() {
        assertEncodes("", "01");
        assertEncodes("00", "0101");
        assertEncodes("0000", "010101");
        assertEncodes("001100", "01021101");
        assertEncodes("11220033", "0311220233");
        assertEncodes("11223344", "0511223344");
        assertEncodes("11000000", "0211010101");
    }

    @Test
    void endsABlockAfter254BytesWithoutAZero() {
        assertEncodes(run(1, 254), "ff" + run(1, 254));
        assertEncodes("00" + run(1, 254), "01ff" + run(1, 254));
        assertEncodes(run(1, 255), "ff" + run(1, 254) + "02ff");
        assertEncodes(run(2, 255) + "00", "ff" + run(2, 255) + "0101");
        assertEncodes(run(3, 255) + "0001", "fe" + run(3, 255) + "0201");
    }

    @Test
    void refusesWhatNoEncoderWrites() {
        assertThat(decode("")).isEqualTo(Cobs.MALFORMED);
        assertThat(decode("00")).isEqualTo(Cobs.MALFORMED);
        assertThat(decode("0511")).as("cut off").isEqualTo(Cobs.MALFORMED);
        assertThat(decode("03110011")).as("a zero inside").isEqualTo(Cobs.MALFORMED);
    }

    private static void assertEncodes(String packet, String encoded) {
        byte[] bytes = HEX.parseHex(packet);
        byte[] out = new byte[Cobs.maxEncodedBytes(bytes.length)];
        int end = Cobs.encode(bytes, bytes.length, out, 0);
        assertThat(HEX.formatHex(out, 0, end)).isEqualTo(encoded);
        int length = Cobs.decode(out, end);
        assertThat(HEX.formatHex(Arrays.copyOf(out, length))).isEqualTo(packet);
    }

    private static int decode(String encoded) {
        byte[] bytes = HEX.parseHex(encoded);
        return Cobs.decode(bytes, bytes.length);
    }

    private static String run(int from, int to) {
        StringBuilder hex = new StringBuilder();
        for (int value = from; value <= to; value++) {
            hex.append(HEX.toHexDigits((byte) value));
        }
        return hex.toString();
    }
}
