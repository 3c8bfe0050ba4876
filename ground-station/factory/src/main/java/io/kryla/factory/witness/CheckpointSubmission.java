package io.kryla.factory.witness;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileSource;
import io.kryla.v1.Envelope;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessRequest;
import io.kryla.v1.WitnessResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers what any C2SP log may send to a witness (tlog-witness, add-checkpoint): a checkpoint with its consistency proof, and no leaves.
 * The leaves, and the licenses to judge them by, are read from where the line publishes them; without them nothing new is cosigned.
 *
 * <p>Hostile bodies are answered, never thrown. Safe for any thread.
 */
public final class CheckpointSubmission {
    /** Longest body: old size, 63 proof lines, and the longest note. */
    public static final int LONGEST_BODY = 72 << 10;

    private static final int MOST_PROOF_LINES = 63;
    private static final int LARGEST_DOCUMENT = 1 << 20;
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String SIZE = "text/x.tlog.size";

    /** The status of HTTP, and what is sent with it. */
    public record Answer(int status, String contentType, byte[] body) {}

    private record Parsed(long oldSize, List<Digest> proof, SignedCheckpoint signed) {}

    private final Witness witness;
    private final TileSource published;

    private CheckpointSubmission(Witness witness, TileSource published) {
        this.witness = witness;
        this.published = published;
    }

    /** @param published the folder that lines publish, by relative paths: {@code ledgers/LINE/…}, {@code licenses/LINE.dsse} */
    public static CheckpointSubmission to(Witness witness, TileSource published) {
        return new CheckpointSubmission(witness, published);
    }

    /**
     * Judges the body of a POST to {@code add-checkpoint}.
     *
     * @return 200 with the cosignature line; 400 malformed; 403 not signed by its ledger; 404 no ledger of the trust bundle; 409 with the
     *     size that the witness is at; 422 declined, with code and reason; 503 the leaves cannot be read
     */
    public Answer answer(byte[] untrustedBody) {
        Optional<Parsed> parsed = parse(untrustedBody);
        if (parsed.isEmpty()
                || parsed.get().oldSize() > parsed.get().signed().checkpoint().size()) {
            return text(400, "MALFORMED: old size, consistency proof, an empty line and a signed checkpoint expected");
        }
        Checkpoint checkpoint = parsed.get().signed().checkpoint();
        Optional<String> line = witness.lineOf(checkpoint.origin());
        if (line.isEmpty()) {
            return text(404, WitnessCode.WRONG_ORIGIN + ": no ledger of the trust bundle has this origin");
        }
        if (!witness.isSignedByLedger(parsed.get().signed())) {
            return text(403, WitnessCode.BAD_NOTE + ": not signed by its ledger");
        }
        long known = witness.size(checkpoint.origin());
        if (parsed.get().oldSize() != known) {
            return size(known);
        }
        return judge(parsed.get(), line.get());
    }

    private Answer judge(Parsed parsed, String line) {
        SignedCheckpoint signed = parsed.signed();
        WitnessRequest.Builder request = WitnessRequest.newBuilder()
                .setCheckpoint(ByteString.copyFrom(signed.bytes()))
                .setKnownSize(parsed.oldSize());
        parsed.proof().forEach(hash -> request.addConsistencyProof(ByteString.copyFrom(hash.bytes())));
        long growth = signed.checkpoint().size() - parsed.oldSize();
        if (growth > WitnessLimits.MOST_LEAVES) {
            return text(
                    422,
                    "MALFORMED: at most " + WitnessLimits.MOST_LEAVES + " leaves at a time expected, got " + growth);
        }
        try {
            if (growth > 0
                    && !addLeaves(
                            request, line, parsed.oldSize(), signed.checkpoint().size())) {
                return text(503, "LEAVES_MISSING: the line has not published its leaves up to this checkpoint");
            }
            return answer(
                    WitnessResponse.parseFrom(witness.exchange(request.build().toByteArray())), growth);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the witness answers with a WitnessResponse", e);
        } catch (IOException e) {
            return text(503, "LEAVES_MISSING: what the line publishes cannot be read");
        }
    }

    private Answer answer(WitnessResponse response, long growth) {
        if (response.hasCosigned()) {
            String lines = response.getCosigned()
                    .getCheckpoint()
                    .toStringUtf8()
                    .lines()
                    .filter(line -> line.startsWith("\u2014 " + witness.name() + ' '))
                    .collect(Collectors.joining("\n", "", "\n"));
            return new Answer(200, PLAIN, lines.getBytes(StandardCharsets.UTF_8));
        }
        WitnessRefused refused = response.getRefused();
        boolean isOtherRoot = growth == 0 && refused.getCode().equals(WitnessCode.INCONSISTENT.name());
        return isOtherRoot || refused.getCode().equals(WitnessCode.STALE_SIZE.name())
                ? size(refused.getKnownSize())
                : text(422, refused.getCode() + ": " + refused.getDetail());
    }

    private boolean addLeaves(WitnessRequest.Builder request, String line, long from, long to) throws IOException {
        String ledger = "ledgers/" + line + '/';
        Optional<List<byte[]>> entries = TileReader.of((path, mostBytes) -> published.read(ledger + path, mostBytes))
                .unverifiedEntries(from, to);
        if (entries.isEmpty()) {
            return false;
        }
        entries.get().forEach(entry -> request.addLeaves(ByteString.copyFrom(entry)));
        Optional<byte[]> license = published.read("licenses/" + line + ".dsse", LARGEST_DOCUMENT);
        if (license.isPresent()) {
            request.addLicenses(Envelope.parseFrom(license.get()));
        }
        Optional<byte[]> authorisation = published.read("authorisations/" + line + ".dsse", LARGEST_DOCUMENT);
        if (authorisation.isPresent()) {
            request.addExportAuthorisations(Envelope.parseFrom(authorisation.get()));
        }
        return true;
    }

    private static Optional<Parsed> parse(byte[] body) {
        int gap = emptyLine(body);
        if (body.length > LONGEST_BODY || gap < 0) {
            return Optional.empty();
        }
        String[] lines = new String(body, 0, gap, StandardCharsets.ISO_8859_1).split("\n", -1);
        Optional<Long> oldSize = oldSize(lines[0]);
        List<Digest> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            hash(lines[i]).ifPresent(proof::add);
        }
        boolean whole = proof.size() == lines.length - 1 && proof.size() <= MOST_PROOF_LINES;
        Optional<SignedCheckpoint> signed = SignedCheckpoint.parse(Arrays.copyOfRange(body, gap + 2, body.length));
        return whole && oldSize.isPresent()
                ? signed.map(note -> new Parsed(oldSize.get(), proof, note))
                : Optional.empty();
    }

    /** Index of the first of two newlines. */
    private static int emptyLine(byte[] body) {
        for (int i = 0; i + 1 < body.length; i++) {
            if (body[i] == '\n' && body[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Long> oldSize(String line) {
        return line.matches("old (0|[1-9][0-9]{0,17})")
                ? Optional.of(Long.parseLong(line.substring(4)))
                : Optional.empty();
    }

    private static Optional<Digest> hash(String line) {
        try {
            byte[] hash = Base64.getDecoder().decode(line);
            return Base64.getEncoder().encodeToString(hash).equals(line) ? Digest.parse(hash) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Answer size(long known) {
        return new Answer(409, SIZE, (known + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static Answer text(int status, String reason) {
        return new Answer(status, PLAIN, (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
