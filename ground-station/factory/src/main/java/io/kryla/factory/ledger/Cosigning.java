package io.kryla.factory.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.LedgerBuilder.LedgerConfiguration;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.factory.witness.WitnessCode;
import io.kryla.factory.witness.WitnessException;
import io.kryla.factory.witness.WitnessLimits;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.Note;
import io.kryla.tlog.NoteSignature;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import io.kryla.v1.WitnessCosigned;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessRequest;
import io.kryla.v1.WitnessResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Signs checkpoints over leaves that are durable, and carries them to the witnesses until a quorum cosigned (protocol.md
 * §9.5). One exchange at a time; the ledger goes on meanwhile.
 */
final class Cosigning {
    /** What this needs of the ledger. */
    interface Leaves {
        /** Leaves from an index on, at most so many, with what the witness needs to judge them. */
        Batch batch(long from, long atMost);

        long size();

        Optional<SignedCheckpoint> cosigned();

        void cosigned(SignedCheckpoint checkpoint);
    }

    /** Leaves between two sizes and the proof that the larger tree extends the smaller. */
    record Batch(
            Checkpoint checkpoint,
            long knownSize,
            List<Digest> consistencyProof,
            List<ByteString> leaves,
            List<Envelope> licenses,
            List<Envelope> authorisations) {
        static Batch of(
                LeafLog log,
                long from,
                long atMost,
                List<VerifiedLicense> licenses,
                List<VerifiedExportAuthorisation> authorisations) {
            long to = Math.min(log.size(), from + atMost);
            List<ByteString> leaves = new ArrayList<>();
            for (long index = from; index < to; index++) {
                leaves.add(log.leaf(index).bytes());
            }
            List<Envelope> licenseEnvelopes = new ArrayList<>();
            licenses.forEach(license -> licenseEnvelopes.add(license.envelope()));
            List<Envelope> authorisationEnvelopes = new ArrayList<>();
            authorisations.forEach(authorisation -> authorisationEnvelopes.add(authorisation.envelope()));
            return new Batch(
                    log.checkpoint(to),
                    from,
                    log.tree().consistencyProof(from, to),
                    leaves,
                    licenseEnvelopes,
                    authorisationEnvelopes);
        }
    }

    private static final int MOST_CORRECTIONS = 2;

    private final LedgerConfiguration configuration;
    private final Leaves leaves;
    private final NoteSigner signer;
    private final ReentrantLock oneExchange = new ReentrantLock();

    Cosigning(LedgerConfiguration configuration, Leaves leaves) {
        this.configuration = configuration;
        this.leaves = leaves;
        this.signer = NoteSigner.of(configuration.line().ledgerOrigin(), configuration.key());
    }

    /** The ledger's signature; the caller knows the leaves to be durable. */
    SignedCheckpoint sign(Checkpoint checkpoint) {
        return SignedCheckpoint.sign(checkpoint, signer);
    }

    /** Has all leaves cosigned that the ledger holds now. */
    CosignResult cosign() {
        oneExchange.lock();
        try {
            return cosignUpTo(leaves.size());
        } finally {
            oneExchange.unlock();
        }
    }

    /** The first objection of a witness to all leaves that are here. */
    Optional<Refused> contradiction() {
        long size = leaves.size();
        Batch nothingNew = leaves.batch(size, 0);
        for (WitnessClient witness : configuration.witnesses()) {
            try {
                WitnessRefused refused = WitnessResponse.parseFrom(
                                witness.exchange(request(nothingNew).toByteArray()))
                        .getRefused();
                if (refused.getCode().equals(WitnessCode.ROLLBACK.name())
                        || refused.getCode().equals(WitnessCode.INCONSISTENT.name())) {
                    return Optional.of(new Refused(refused.getCode(), refused.getDetail()));
                }
            } catch (WitnessException | InvalidProtocolBufferException e) {
                // says nothing now; it is asked again before anything is cosigned
            }
        }
        return Optional.empty();
    }

    /** What a witness that is at a size lacks, for the way by file: each request starts where the one before it ends. */
    List<byte[]> requests(long from) {
        long size = leaves.size();
        if (from < 0 || from > size) {
            throw new IllegalArgumentException("from: 0 to " + size + " expected, got " + from);
        }
        List<byte[]> requests = new ArrayList<>();
        for (long known = from; known < size; ) {
            Batch batch = leaves.batch(known, Math.min(WitnessLimits.MOST_LEAVES, size - known));
            requests.add(request(batch).toByteArray());
            known = batch.checkpoint().size();
        }
        return requests;
    }

    /** Takes what witnesses answered: of the largest size that enough of them cosigned. */
    CosignResult take(List<byte[]> untrustedResponses) {
        Map<Long, List<SignedCheckpoint>> bySize = new TreeMap<>(Comparator.reverseOrder());
        Refused lastRefusal = new Refused(Refused.NO_QUORUM, "no cosignature over leaves of this ledger was found");
        for (byte[] untrusted : untrustedResponses) {
            try {
                WitnessResponse response = WitnessResponse.parseFrom(untrusted);
                if (response.hasRefused()) {
                    lastRefusal = new Refused(
                            response.getRefused().getCode(),
                            response.getRefused().getDetail());
                }
                cosignatureOver(response.getCosigned())
                        .ifPresent(signed -> bySize.computeIfAbsent(
                                        signed.checkpoint().size(), size -> new ArrayList<>())
                                .add(signed));
            } catch (InvalidProtocolBufferException e) {
                return new Refused(WitnessCode.MALFORMED.name(), "a WitnessResponse expected");
            }
        }
        for (List<SignedCheckpoint> byWitness : bySize.values()) {
            Optional<SignedCheckpoint> merged = quorumOf(byWitness);
            if (merged.isPresent()) {
                leaves.cosigned(merged.get());
                return cosigned(merged.get());
            }
        }
        return lastRefusal;
    }

    private Optional<SignedCheckpoint> cosignatureOver(WitnessCosigned untrusted) {
        return SignedCheckpoint.parse(untrusted.getCheckpoint().toByteArray())
                .map(signed -> signed.checkpoint().size())
                .filter(size -> size > 0 && size <= leaves.size())
                .flatMap(size -> verified(leaves.batch(size, 0).checkpoint(), untrusted));
    }

    private CosignResult cosignUpTo(long size) {
        Optional<SignedCheckpoint> newest = leaves.cosigned();
        if (newest.isPresent() && newest.get().checkpoint().size() >= size) {
            return cosigned(newest.get());
        }
        List<SignedCheckpoint> byWitness = new ArrayList<>();
        Refused lastRefusal = new Refused(Refused.NO_QUORUM, "no way to a witness is configured");
        for (WitnessClient witness : configuration.witnesses()) {
            CosignResult result = bringUpTo(witness, size, byWitness::add);
            if (result instanceof Refused) {
                lastRefusal = (Refused) result;
            }
        }
        Optional<SignedCheckpoint> merged = quorumOf(byWitness);
        if (merged.isEmpty()) {
            return lastRefusal;
        }
        leaves.cosigned(merged.get());
        return cosigned(merged.get());
    }

    /** Gives a witness all leaves that it lacks, batch by batch. */
    private CosignResult bringUpTo(WitnessClient witness, long size, Consumer<SignedCheckpoint> whenCosigned) {
        long knownSize =
                leaves.cosigned().map(known -> known.checkpoint().size()).orElse(0L);
        for (int corrections = 0; corrections <= MOST_CORRECTIONS; ) {
            Batch batch = leaves.batch(knownSize, Math.min(WitnessLimits.MOST_LEAVES, size - knownSize));
            WitnessResponse response;
            try {
                response = WitnessResponse.parseFrom(
                        witness.exchange(request(batch).toByteArray()));
            } catch (WitnessException e) {
                return new Refused(e.code(), String.valueOf(e.getMessage()));
            } catch (InvalidProtocolBufferException e) {
                return new Refused(Refused.NO_QUORUM, "the witness answered with something that is no response");
            }
            if (response.hasCosigned()) {
                Optional<SignedCheckpoint> signed = verified(batch.checkpoint(), response.getCosigned());
                if (signed.isEmpty()) {
                    return new Refused(Refused.NO_QUORUM, "the witness answered without a cosignature that verifies");
                }
                if (batch.checkpoint().size() == size) {
                    whenCosigned.accept(signed.get());
                    return cosigned(signed.get());
                }
                knownSize = batch.checkpoint().size();
                continue;
            }
            WitnessRefused refused = response.getRefused();
            boolean isAtAnotherSize = refused.getCode().equals(WitnessCode.STALE_SIZE.name())
                    && refused.getKnownSize() >= 0
                    && refused.getKnownSize() <= size;
            if (!isAtAnotherSize) {
                return new Refused(refused.getCode(), refused.getDetail());
            }
            knownSize = refused.getKnownSize();
            corrections++;
        }
        return new Refused(WitnessCode.STALE_SIZE.name(), "the witness keeps naming another size");
    }

    private WitnessRequest request(Batch batch) {
        WitnessRequest.Builder request = WitnessRequest.newBuilder()
                .setCheckpoint(ByteString.copyFrom(sign(batch.checkpoint()).bytes()))
                .setKnownSize(batch.knownSize())
                .addAllLeaves(batch.leaves())
                .addAllLicenses(batch.licenses())
                .addAllExportAuthorisations(batch.authorisations());
        batch.consistencyProof().forEach(hash -> request.addConsistencyProof(ByteString.copyFrom(hash.bytes())));
        return request.build();
    }

    /** The checkpoint we sent, with this ledger's signature and the witness's cosignature, whatever else came back. */
    private Optional<SignedCheckpoint> verified(Checkpoint asked, WitnessCosigned answer) {
        return SignedCheckpoint.parse(answer.getCheckpoint().toByteArray())
                .filter(signed -> signed.checkpoint().equals(asked))
                .filter(signed -> configuration.bundle().witnesses().stream()
                        .anyMatch(known -> known.cosignedAt(signed.note()).isPresent()));
    }

    /** One note with the lines of all witnesses, if they are enough of the trust bundle's. */
    private Optional<SignedCheckpoint> quorumOf(List<SignedCheckpoint> byWitness) {
        if (byWitness.isEmpty()) {
            return Optional.empty();
        }
        SignedCheckpoint merged = sign(byWitness.get(0).checkpoint());
        String text = merged.note().text();
        Set<NoteSignature> lines = new LinkedHashSet<>();
        byWitness.forEach(signed -> lines.addAll(signed.note().signatures()));
        for (NoteSignature line : lines) {
            boolean isWitness = configuration.bundle().witnesses().stream()
                    .anyMatch(known ->
                            known.cosignedAt(new Note(text, List.of(line))).isPresent());
            merged = isWitness ? merged.with(line) : merged;
        }
        SignedCheckpoint complete = merged;
        return LedgerCheckpointVerifier.of(configuration.bundle()).verifyCosigned(complete)
                        instanceof CheckpointResult.Cosigned
                ? Optional.of(complete)
                : Optional.empty();
    }

    static CosignResult cosigned(SignedCheckpoint checkpoint) {
        return new CosignResult.Cosigned(
                checkpoint.checkpoint().size(), new String(checkpoint.bytes(), StandardCharsets.UTF_8));
    }
}
