package io.kryla.mcap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kryla.mcap.McapReadResult.Code;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames that the lz4 program 1.9.4 wrote. */
class Lz4FramesTest {
    private static final byte[] SMALL = "abc"
            .repeat(12)
            .concat(", and so on: ")
            .concat("x".repeat(300))
            .concat("end. ")
            .getBytes(US_ASCII);
    /** -1: one block, content checksum. */
    private static final byte[] SMALL_FRAME =
            decode("BCJNGGRApyAAAAA/YWJjAwAO7ywgYW5kIHNvIG9uOiB4AQD/GVBlbmQuIAAAAADBmO7V");

    private static final byte[] LARGE = IntStream.range(0, 8_000)
            .mapToObj(i -> "state " + i % 97 + "\n")
            .collect(Collectors.joining())
            .getBytes(US_ASCII);
    /** -9 -B4 -BD -BX --content-size: two blocks of 64 KiB, the second refers to the first, a checksum each. */
    private static final byte[] LARGE_FRAME = decode(
            "BCJNGFxAAhYBAAAAAABeiAIAAIJzdGF0ZSAwCggAEzEIABMyCAATMwgAEzQIABM1CAATNggAEzcIABM4CAAUOUgABVEABFIA"
                    + "FDFTABQxVAAUMVUAFDFWABQxVwAUMVgAFDFZABQxWgAUMloAFTKsAARaABQyWgAUMloAFDJaABQyWgAUMloAFDJaABQyWgAU"
                    + "M1oAFDNaABUzBwEEWgAUM1oAFDNaABQzWgAUM1oAFDNaABQzWgAUNFoAFDRaABQ0WgAVNGIBBFoAFDRaABQ0WgAUNFoAFDRa"
                    + "ABQ0WgAUNVoAFDVaABQ1WgAUNVoAFTW9AQRaABQ1WgAUNVoAFDVaABQ1WgAUNloAFDZaABQ2WgAUNloAFDZaABU2GAIEWgAU"
                    + "NloAFDZaABQ2WgAUN1oAFDdaABQ3WgAUN1oAFDdaABQ3WgAVN3MCBFoAFDdaABQ3WgAUOFoAFDhaABQ4WgAUOFoAFDhaABQ4"
                    + "WgAUOFoAFTjOAgRaABQ4WgAUOVoAFDlaABQ5WgAUOVoAFDlaABQ5WgA/OTYKXwP/////////////////////////////////"
                    + "////////////////////////////////////////////////////////////////////////////////////////////////"
                    + "////////////////////////////////////////////////////////////////////////////////////////////////"
                    + "////////////////////////////////////////////////////////////////////////////////////////////////"
                    + "////////////////hlA5MApzdOkZ7f4gAAAAD18D/////////////////////////////wBQZSA0NQpRb/kPAAAAAIAqXSA=");

    /** 64 bytes that do not compress: stored as they are. */
    private static final byte[] STORED_FRAME = decode("BCJNGGBAgkAAAIDUain3hbUb5zeYMoeeRl+mhLluyye6ttJsJm6PP/UgW9/94MJl"
            + "dcPOB48ZBbvr3IhNcBzVcN+m3A+Vs7PAWcpAAAAAAA==");

    @Test
    void hashesAsItsSpecificationSays() {
        assertThat(XxHash32.of(new byte[0], 0, 0)).isEqualTo(0x02CC5D05);
        assertThat(XxHash32.of("abc".getBytes(US_ASCII), 0, 3)).isEqualTo(0x32D153FF);
        assertThat(XxHash32.of("Nobody inspects the spammish repetition".getBytes(US_ASCII), 0, 39))
                .isEqualTo(0xE2293B2F);
    }

    @Test
    void decompressesWhatAnotherProgramCompressed() throws MalformedMcap {
        assertThat(Lz4Frames.decompress(SMALL_FRAME, SMALL.length)).isEqualTo(SMALL);
        assertThat(Lz4Frames.decompress(LARGE_FRAME, LARGE.length)).isEqualTo(LARGE);
        assertThat(Lz4Frames.decompress(STORED_FRAME, 64)).endsWith((byte) 0xca, (byte) 0x40);
        byte[] two = Arrays.copyOf(SMALL_FRAME, 2 * SMALL_FRAME.length);
        System.arraycopy(SMALL_FRAME, 0, two, SMALL_FRAME.length, SMALL_FRAME.length);
        assertThat(Lz4Frames.decompress(two, 2 * SMALL.length))
                .startsWith(SMALL)
                .endsWith(SMALL);
    }

    @Test
    void believesNoStatedSize() {
        for (int size : new int[] {0, 1, SMALL.length - 1, SMALL.length + 1, 1 << 20}) {
            assertThat(codeOf(SMALL_FRAME, size)).as("size " + size).isEqualTo(Code.MALFORMED);
        }
    }

    @Test
    void aFlippedBitOfACheckedFrameChangesNothingUnnoticed() {
        for (byte[] frame : new byte[][] {SMALL_FRAME, LARGE_FRAME}) {
            byte[] plain = frame == SMALL_FRAME ? SMALL : LARGE;
            for (int bit = 0; bit < frame.length * 8; bit++) {
                byte[] flipped = frame.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    // Some bits of a block mean nothing, such as the match length after the last literals.
                    assertThat(Lz4Frames.decompress(flipped, plain.length)).isEqualTo(plain);
                } catch (MalformedMcap e) {
                    assertThat(e.code()).as("bit " + bit).isIn(Code.MALFORMED, Code.BAD_CRC);
                }
            }
        }
    }

    @Test
    void anyBytesEndInAResult() {
        Random random = new Random(41);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = STORED_FRAME.clone();
            for (int i = 7; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt();
            }
            bytes[7] = (byte) random.nextInt(70);
            bytes[8] = 0;
            bytes[9] = 0;
            bytes[10] = 0;
            assertThatCode(() -> {
                        try {
                            Lz4Frames.decompress(bytes, 64);
                        } catch (MalformedMcap e) {
                            assertThat(e.code()).isIn(Code.MALFORMED, Code.BAD_CRC);
                        }
                    })
                    .as("round " + round)
                    .doesNotThrowAnyException();
        }
    }

    private static Code codeOf(byte[] frame, int size) {
        try {
            Lz4Frames.decompress(frame, size);
        } catch (MalformedMcap e) {
            return e.code();
        }
        throw new AssertionError("decompressed to the stated size");
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
