package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.keys.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Published vectors of RFC 6962 trees and proofs, good ones and spoiled ones. */
class MerkleVectorsTest {
    private static JsonNode vectors;

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream in = MerkleVectorsTest.class.getResourceAsStream("/vectors/rfc6962-merkle.json")) {
            vectors = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void growsToThePublishedRoots() {
        MerkleTree tree = new MerkleTree();
        CompactRange range = new CompactRange();
        assertThat(tree.root().hex()).isEqualTo(vectors.get("roots").get(0).asText());
        for (int i = 0; i < 8; i++) {
            Digest leaf = MerkleHash.leaf(
                    HexFormat.of().parseHex(vectors.get("leaves").get(i).asText()));
            tree.append(leaf);
            range.append(leaf);
            String root = vectors.get("roots").get(i + 1).asText();
            assertThat(tree.root().hex()).isEqualTo(root);
            assertThat(range.root().hex()).isEqualTo(root);
        }
        for (int size = 0; size <= 8; size++) {
            assertThat(tree.root(size).hex())
                    .isEqualTo(vectors.get("roots").get(size).asText());
        }
    }

    @Test
    void judgesEveryPublishedInclusionProof() {
        assertThat(vectors.get("inclusion")).isNotEmpty();
        for (JsonNode vector : vectors.get("inclusion")) {
            boolean verified = MerkleProofs.verifyInclusion(
                    digest(vector.get("leafHash")),
                    number(vector.get("leafIdx")),
                    number(vector.get("treeSize")),
                    digests(vector.get("proof")),
                    digest(vector.get("root")));
            assertThat(verified)
                    .as(vector.get("desc").asText())
                    .isNotEqualTo(vector.get("wantErr").asBoolean());
        }
    }

    @Test
    void judgesEveryPublishedConsistencyProof() {
        assertThat(vectors.get("consistency")).isNotEmpty();
        for (JsonNode vector : vectors.get("consistency")) {
            boolean verified = MerkleProofs.verifyConsistency(
                    number(vector.get("size1")),
                    digest(vector.get("root1")),
                    number(vector.get("size2")),
                    digest(vector.get("root2")),
                    digests(vector.get("proof")));
            assertThat(verified)
                    .as(vector.get("desc").asText())
                    .isNotEqualTo(vector.get("wantErr").asBoolean());
        }
    }

    /** Some spoiled vectors hold unsigned numbers over 2^63, which are negative here. */
    private static long number(JsonNode value) {
        return value.bigIntegerValue().longValue();
    }

    private static Digest digest(JsonNode base64) {
        return Digest.of(Base64.getDecoder().decode(base64.asText()));
    }

    private static List<Digest> digests(JsonNode array) {
        List<Digest> digests = new ArrayList<>();
        array.forEach(each -> digests.add(digest(each)));
        return digests;
    }
}
