package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.keys.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples that the C2SP specifications publish. */
class C2spVectorsTest {
    private static JsonNode vectors;

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream in = C2spVectorsTest.class.getResourceAsStream("/vectors/c2sp-tlog.json")) {
            vectors = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void verifiesTheSignedNote() {
        JsonNode vector = vectors.get("note");
        NoteVerifier verifier =
                NoteVerifier.fromVkey(vector.get("vkey").asText()).orElseThrow();
        Note note = Note.parse(bytes(vector, "signed")).orElseThrow();
        assertThat(verifier.vkey()).isEqualTo(vector.get("vkey").asText());
        assertThat(note.text()).isEqualTo(vector.get("text").asText());
        assertThat(note.bytes()).isEqualTo(bytes(vector, "signed"));
        assertThat(verifier.verify(note)).isTrue();
        assertThat(verifier.verify(new Note("This is another message.\n", note.signatures())))
                .isFalse();
    }

    @Test
    void readsTheCosignedCheckpoint() {
        JsonNode vector = vectors.get("checkpoint");
        SignedCheckpoint signed =
                SignedCheckpoint.parse(bytes(vector, "signed")).orElseThrow();
        Checkpoint expected = new Checkpoint(
                vector.get("origin").asText(),
                vector.get("size").asLong(),
                Digest.fromHex(vector.get("root").asText()));
        assertThat(signed.checkpoint()).isEqualTo(expected);
        assertThat(signed.bytes()).isEqualTo(bytes(vector, "signed"));
        NoteSignature cosignature = signed.note().signatures().get(1);
        assertThat(cosignature.name()).isEqualTo(vector.get("cosigner").asText());
        long at = ByteBuffer.wrap(cosignature.signature().bytes()).getLong();
        assertThat(at).isEqualTo(vector.get("cosigned_at").asLong());
        assertThat(Cosigner.message(at, expected.body())).isEqualTo(bytes(vector, "cosigned_message"));
    }

    @Test
    void namesTilesAsPublished() {
        for (JsonNode tile : vectors.get("tiles")) {
            assertThat(TilePaths.entries(
                            tile.get("index").asLong(), tile.get("width").asInt()))
                    .isEqualTo(tile.get("path").asText());
        }
    }

    /** The example of tlog-tiles: 273 full and one partial tile, then one full and one partial, then one partial. */
    @Test
    void cutsATreeOf70000LeavesIntoThePublishedTiles() {
        assertThat(TilePaths.level(0, 70_000)).hasSize(274).last().isEqualTo(new TileId(0, 273, 112));
        assertThat(TilePaths.level(1, 70_000)).containsExactly(new TileId(1, 0, 256), new TileId(1, 1, 17));
        assertThat(TilePaths.level(2, 70_000)).containsExactly(new TileId(2, 0, 1));
        assertThat(TilePaths.level(3, 70_000)).isEmpty();
        assertThat(TilePaths.tiles(256)).containsExactly(new TileId(0, 0, 256), new TileId(1, 0, 1));
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return vector.get(field).asText().getBytes(StandardCharsets.UTF_8);
    }
}
