package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published vectors of RFC 9605, Appendix C. */
class SFrameVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static JsonNode vectors;

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream in = SFrameVectorsTest.class.getResourceAsStream("/vectors/rfc9605-sframe.json")) {
            vectors = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void encodesAndParsesEveryPublishedHeader() {
        assertThat(vectors.get("header")).hasSize(289);
        for (JsonNode vector : vectors.get("header")) {
            SFrameHeader header = new SFrameHeader(unsigned(vector, "kid"), unsigned(vector, "ctr"));
            byte[] encoded = bytes(vector, "encoded");
            assertThat(header.encode()).as(vector.toString()).isEqualTo(encoded);
            assertThat(SFrameHeader.parse(encoded, 0, encoded.length)).contains(header);
        }
    }

    @Test
    void derivesKeyAndSaltOfSuite5() {
        JsonNode vector = suite5();
        long kid = unsigned(vector, "kid");
        SFrameKey key = SFrameKey.derive(bytes(vector, "base_key"), kid);
        assertThat(SFrameKey.label("SFrame 1.0 Secret key ", kid)).isEqualTo(bytes(vector, "sframe_key_label"));
        assertThat(SFrameKey.label("SFrame 1.0 Secret salt ", kid)).isEqualTo(bytes(vector, "sframe_salt_label"));
        assertThat(SFrameKey.hmac(new byte[64], bytes(vector, "base_key"))).isEqualTo(bytes(vector, "sframe_secret"));
        assertThat(key.secretKey().getEncoded()).isEqualTo(bytes(vector, "sframe_key"));
        assertThat(key.salt()).isEqualTo(bytes(vector, "sframe_salt"));
        byte[] nonce = new byte[12];
        key.nonceInto(nonce, unsigned(vector, "ctr"));
        assertThat(nonce).isEqualTo(bytes(vector, "nonce"));
    }

    @Test
    void sealsAndOpensThePublishedFrame() {
        JsonNode vector = suite5();
        SFrameKey key = SFrameKey.derive(bytes(vector, "base_key"), unsigned(vector, "kid"));
        byte[] metadata = bytes(vector, "metadata");
        byte[] frame =
                new FrameSealer(key, new GcmCipher(), unsigned(vector, "ctr")).seal(bytes(vector, "pt"), metadata);
        assertThat(frame).isEqualTo(bytes(vector, "ct"));
        OpenResult opened =
                new FrameOpener(key, frame.length, new RejectCounters()).open(frame, frame.length, metadata);
        assertThat(opened)
                .isInstanceOfSatisfying(
                        OpenResult.Opened.class,
                        it -> assertThat(it.plaintext()).isEqualTo(bytes(vector, "pt")));
    }

    private static JsonNode suite5() {
        JsonNode vector = vectors.get("sframe").get(0);
        assertThat(vector.get("cipher_suite").asInt()).isEqualTo(SFrameKey.CIPHER_SUITE);
        return vector;
    }

    private static long unsigned(JsonNode vector, String field) {
        return Long.parseUnsignedLong(vector.get(field).asText(), 16);
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return HEX.parseHex(vector.get(field).asText());
    }
}
