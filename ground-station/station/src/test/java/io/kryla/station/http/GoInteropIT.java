package io.kryla.station.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.witness.Witness;
import io.kryla.identity.LedgerIdentity;
import io.kryla.keys.Digest;
import io.kryla.station.line.Premises;
import io.kryla.station.trial.TrialLine;
import io.kryla.station.trial.TrialUnits;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.Note;
import io.kryla.tlog.NoteVerifier;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileResult;
import io.kryla.tlog.TileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of ours in the hands of golang.org/x/mod/sumdb (src/test/go/tlogcheck), and a note of theirs in ours. */
class GoInteropIT {
    private static final Path PROGRAM = Path.of("src/test/go/tlogcheck");
    private static final int LEAVES = 260; // one full tile and a partial one, on two levels

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void checkpointTilesEntriesAndProofsHoldInGo() throws Exception {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
        TrialLine line = TrialLine.found(folder, Optional.empty(), LEAVES, clock, new SecureRandom());
        Premises premises = line.premises();
        Path tiles = folder.resolve("tiles");
        try (Witness witness = premises.openWitness();
                LineLedger ledger = line.open(witness)) {
            for (int unit = 0; unit < LEAVES; unit++) {
                TrialUnits.bear(ledger, "unit " + unit);
            }
            ledger.cosign();
            ledger.exportTiles(tiles);
        }
        writeProofs(tiles);
        LedgerIdentity identity = premises.bundle().ledgers().iterator().next();
        String ledgerKey = NoteVerifier.of(identity.origin(), identity.key()).vkey();
        String witnessKey = premises.bundle().witnesses().get(0).vkey();

        Said said = go("check", tiles.toString(), ledgerKey, witnessKey);

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("checked 260 leaves and ").contains(identity.origin());
        byte[] entries = Files.readAllBytes(tiles.resolve("tile/entries/000"));
        entries[40] ^= 1;
        Files.write(tiles.resolve("tile/entries/000"), entries);
        assertThat(go("check", tiles.toString(), ledgerKey, witnessKey).exit())
                .as("one bit of one entry")
                .isEqualTo(1);
    }

    @Test
    @Timeout(300)
    void aCheckpointThatGoSignedVerifiesHere() throws Exception {
        Said said = go("sign", "kryla.example/ledger/of-another");
        int gap = said.text().indexOf("\n\n");
        NoteVerifier verifier =
                NoteVerifier.fromVkey(said.text().substring(0, gap)).orElseThrow();
        byte[] note = said.text().substring(gap + 2).getBytes(StandardCharsets.UTF_8);

        SignedCheckpoint signed = SignedCheckpoint.parse(note).orElseThrow();

        assertThat(signed.checkpoint().root())
                .isEqualTo(MerkleTree.leafHash("the only leaf".getBytes(StandardCharsets.US_ASCII)));
        assertThat(verifier.verify(signed.note())).isTrue();
        String other = new String(note, StandardCharsets.UTF_8).replace("\n1\n", "\n2\n");
        Note changed = SignedCheckpoint.parse(other.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .note();
        assertThat(verifier.verify(changed)).isFalse();
    }

    /** Proofs as we make them: of every leaf in the whole tree, and from every size to the next and to the whole. */
    private static void writeProofs(Path tiles) throws IOException {
        TileResult read = TileReader.of(TileSource.folder(tiles)).read((index, leaf) -> {});
        MerkleTree tree = ((TileResult.Complete) read).tree();
        List<String> lines = new ArrayList<>();
        for (long index = 0; index < LEAVES; index++) {
            lines.add(line("inclusion", index, LEAVES, tree.inclusionProof(index, LEAVES)));
        }
        for (long size = 1; size < LEAVES; size++) {
            lines.add(line("consistency", size, size + 1, tree.consistencyProof(size, size + 1)));
            lines.add(line("consistency", size, LEAVES, tree.consistencyProof(size, LEAVES)));
        }
        Files.write(tiles.resolve("proofs.txt"), lines);
    }

    private static String line(String kind, long from, long to, List<Digest> proof) {
        StringBuilder line = new StringBuilder(kind + ' ' + from + ' ' + to);
        proof.forEach(hash -> line.append(' ').append(Base64.getEncoder().encodeToString(hash.bytes())));
        return line.toString();
    }

    private record Said(int exit, String text) {}

    private static Said go(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("go", "run", "."));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(PROGRAM.toFile()).redirectErrorStream(true);
        builder.environment().put("GOFLAGS", "-mod=readonly");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }
}
