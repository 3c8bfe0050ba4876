package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Proof, readable offline, that a leaf is in a log: its index, its inclusion proof and the checkpoint (C2SP tlog-proof
 * v1). Extra data is accepted and dropped, since nothing authenticates it; none is written.
 */
public record TlogProof(long index, List<Digest> inclusion, SignedCheckpoint signedCheckpoint) {
    /** Longest proof in bytes. */
    public static final int LONGEST = Note.LONGEST + 8_192;

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MOST_HASHES = 63;

    public TlogProof {
        inclusion = List.copyOf(inclusion);
        if (index < 0) {
            throw new IllegalArgumentException("index: not negative expected, got " + index);
        }
        if (inclusion.size() > MOST_HASHES) {
            throw new IllegalArgumentException("inclusion: at most 63 hashes expected, got " + inclusion.size());
        }
    }

    /** Whether the proof leads from this leaf to the root of its checkpoint, whoever signed that. */
    public boolean includes(Digest leafHash) {
        Checkpoint checkpoint = signedCheckpoint.checkpoint();
        return MerkleProofs.verifyInclusion(leafHash, index, checkpoint.size(), inclusion, checkpoint.root());
    }

    public byte[] bytes() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append(INDEX).append(index).append('\n');
        for (Digest hash : inclusion) {
            text.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
        }
        text.append('\n');
        byte[] head = text.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] note = signedCheckpoint.bytes();
        byte[] all = new byte[head.length + note.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(note, 0, all, head.length, note.length);
        return all;
    }

    /** Reads an untrusted proof; empty unless it is well formed. */
    public static Optional<TlogProof> parse(byte[] untrusted) {
        return Text.utf8(untrusted, LONGEST).flatMap(TlogProof::parseText);
    }

    private static Optional<TlogProof> parseText(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", MOST_HASHES + 4)));
        if (!lines.remove(0).equals(HEADER)) {
            return Optional.empty();
        }
        if (!lines.isEmpty() && lines.get(0).startsWith(EXTRA)) {
            if (Text.base64(lines.remove(0).substring(EXTRA.length())).isEmpty()) {
                return Optional.empty();
            }
        }
        if (lines.isEmpty() || !lines.get(0).startsWith(INDEX) || lines.size() > 1 + MOST_HASHES) {
            return Optional.empty();
        }
        Optional<Long> index = Text.decimal(lines.remove(0).substring(INDEX.length()));
        List<Digest> hashes = new ArrayList<>();
        for (String line : lines) {
            Text.digest(line).ifPresent(hashes::add);
        }
        if (index.isEmpty() || hashes.size() != lines.size()) {
            return Optional.empty();
        }
        byte[] note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
        return SignedCheckpoint.parse(note).map(signed -> new TlogProof(index.get(), hashes, signed));
    }
}
