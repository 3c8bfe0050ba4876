package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRatchetTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void givesTheKeysOfTheVectorsUpToTheLastStep() throws IOException {
        JsonNode vectors = vectors();
        KeyRatchet ratchet = new KeyRatchet(
                HEX.parseHex(vectors.get("base_key").asText()),
                Integer.parseInt(vectors.get("session_id").asText(), 16));
        int checked = 0;
        for (JsonNode vector : vectors.get("steps")) {
            int step = vector.get("step").asInt();
            while (ratchet.nextStep() < step) {
                ratchet.next();
            }
            SFrameKey key = ratchet.next();
            assertThat(key.kid()).isEqualTo(Long.parseLong(vector.get("kid").asText(), 16));
            assertThat(HEX.formatHex(key.secretKey().getEncoded()))
                    .isEqualTo(vector.get("key").asText());
            assertThat(HEX.formatHex(key.salt())).isEqualTo(vector.get("salt").asText());
            for (JsonNode frame : vector.get("frames")) {
                long counter = Long.parseLong(frame.get("ctr").asText(), 16);
                FrameSealer sealer = new FrameSealer(key, new GcmCipher(), counter);
                byte[] plaintext = HEX.parseHex(vector.get("plaintext").asText());
                assertThat(HEX.formatHex(sealer.seal(plaintext)))
                        .isEqualTo(frame.get("frame").asText());
            }
            checked++;
        }
        assertThat(checked).isEqualTo(6);
        assertThat(ratchet.hasNext()).isFalse();
        assertThatThrownBy(ratchet::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noTwoStepsShareAKeyOrAKeyId() {
        KeyRatchet ratchet = new KeyRatchet(new byte[32], 5);
        Set<Long> kids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (int step = 0; step < 1_000; step++) {
            SFrameKey key = ratchet.next();
            kids.add(key.kid());
            keys.add(HEX.formatHex(key.secretKey().getEncoded()));
        }
        assertThat(kids).hasSize(1_000);
        assertThat(keys).hasSize(1_000);
    }

    @Test
    void theCallersBaseKeyIsNotTouched() {
        byte[] baseKey = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        KeyRatchet ratchet = new KeyRatchet(baseKey, 5);
        ratchet.next();
        ratchet.wipe();
        assertThat(baseKey).startsWith(1, 2, 3).endsWith(15, 16);
    }

    @Test
    void aWipedRatchetGivesNoKeyOfZeros() {
        KeyRatchet ratchet = new KeyRatchet(new byte[32], 5);
        ratchet.wipe();
        assertThatThrownBy(ratchet::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWipedKeyIsRefusedByTheCipher() {
        SFrameKey key = new KeyRatchet(new byte[32], 5).next();
        FrameSealer sealer = new FrameSealer(key);
        key.wipe();
        assertThat(key.wiped()).isTrue();
        assertThat(key.salt()).containsOnly(0);
        assertThatThrownBy(() -> sealer.seal(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsNoSecretAway() {
        assertThat(new KeyRatchet(new byte[32], 0xabc)).hasToString("KeyRatchet[session=abc, nextStep=0, secret]");
    }

    private static JsonNode vectors() throws IOException {
        try (InputStream in = KeyRatchetTest.class.getResourceAsStream("/vectors/kryla-ratchet.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
