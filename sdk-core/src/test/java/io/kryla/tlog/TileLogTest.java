package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileLogTest {
    private static final NoteSigner LOG =
            NoteSigner.of("log.example", SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()));

    @TempDir
    private Path folder;

    @Test
    void readsBackEverySizeAndHoldsNoOtherFile() throws IOException {
        for (int size : new int[] {0, 1, 2, 255, 256, 257, 700}) {
            export(size);
            List<String> entries = new ArrayList<>();
            TileResult result = TileReader.of(TileSource.folder(folder))
                    .read((index, entry) -> entries.add(new String(entry, StandardCharsets.US_ASCII)));
            assertThat(result).isInstanceOfSatisfying(TileResult.Complete.class, complete -> {
                assertThat(complete.tree().size()).isEqualTo(size);
                assertThat(LOG.verifier().verify(complete.signedCheckpoint().note()))
                        .isTrue();
            });
            assertThat(entries).hasSize(size);
            for (int i = 0; i < size; i++) {
                assertThat(entries.get(i)).isEqualTo("entry " + i);
            }
            assertThat(files()).isEqualTo(new TreeSet<>(TilePaths.all(size)));
        }
    }

    @Test
    void saysWhichFileWasTamperedWith() throws IOException {
        export(300);
        for (String path : TilePaths.all(300)) {
            Path file = folder.resolve(path);
            byte[] genuine = Files.readAllBytes(file);
            for (int bit : new int[] {0, 8 * genuine.length / 2, 8 * genuine.length - 1}) {
                byte[] flipped = genuine.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                Files.write(file, flipped);
                if (path.equals(TilePaths.CHECKPOINT)) {
                    assertThat(readsIntact()).as("bit " + bit).isFalse();
                } else {
                    assertRejectedAt(path);
                }
            }
            Files.delete(file);
            assertThat(read()).isInstanceOfSatisfying(TileResult.Rejected.class, rejected -> {
                assertThat(rejected.code()).isEqualTo(TileRejection.MISSING);
                assertThat(rejected.file()).isEqualTo(path);
            });
            Files.write(file, genuine);
        }
        assertThat(read()).isInstanceOf(TileResult.Complete.class);
    }

    @Test
    void saysThatACheckpointOfAnotherTreeIsAtFault() throws IOException {
        export(5);
        Checkpoint other = new Checkpoint("log.example", 5, MerkleHash.EMPTY_ROOT);
        Files.write(
                folder.resolve(TilePaths.CHECKPOINT),
                SignedCheckpoint.sign(other, LOG).bytes());
        assertRejectedAt(TilePaths.CHECKPOINT);
    }

    @Test
    void refusesASizeThatNobodyCouldHoldWithoutFetchingAnything() throws IOException {
        Checkpoint huge = new Checkpoint("log.example", Long.MAX_VALUE, MerkleHash.EMPTY_ROOT);
        Files.write(
                folder.resolve(TilePaths.CHECKPOINT),
                SignedCheckpoint.sign(huge, LOG).bytes());
        assertThat(read())
                .isInstanceOfSatisfying(
                        TileResult.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(TileRejection.MALFORMED));
    }

    @Test
    void refusesToExportACheckpointOfAnotherTree() {
        Checkpoint other = new Checkpoint("log.example", 0, MerkleHash.leaf(new byte[0]));
        assertThatThrownBy(() -> TileWriter.into(folder)
                        .export(SignedCheckpoint.sign(other, LOG), new MerkleTree(), TileLogTest::entry))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void export(int size) throws IOException {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(MerkleHash.leaf(entry(i)));
        }
        Checkpoint checkpoint = new Checkpoint("log.example", size, tree.root());
        TileWriter.into(folder).export(SignedCheckpoint.sign(checkpoint, LOG), tree, TileLogTest::entry);
    }

    private TileResult read() throws IOException {
        return TileReader.of(TileSource.folder(folder)).read((index, entry) -> {});
    }

    private boolean readsIntact() throws IOException {
        TileResult result = read();
        return result instanceof TileResult.Complete
                && LOG.verifier()
                        .verify(((TileResult.Complete) result)
                                .signedCheckpoint()
                                .note());
    }

    private void assertRejectedAt(String path) throws IOException {
        assertThat(read())
                .isInstanceOfSatisfying(
                        TileResult.Rejected.class,
                        rejected -> assertThat(rejected.file()).isEqualTo(path));
    }

    private TreeSet<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] entry(long index) {
        return ("entry " + index).getBytes(StandardCharsets.US_ASCII);
    }
}
