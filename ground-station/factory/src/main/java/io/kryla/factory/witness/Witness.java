package io.kryla.factory.witness;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Signer;
import io.kryla.tlog.Cosigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.WitnessCosigned;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessRequest;
import io.kryla.v1.WitnessResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cosigns the checkpoints of ledgers whose every leaf it has seen and found to keep the rules (protocol.md §9.5).
 *
 * <p>What it cosigns extends all it cosigned before: its state is durable before a cosignature leaves. Hostile requests
 * are refused, never thrown. Safe for any thread; one process at a time on a folder.
 */
public final class Witness implements WitnessClient, AutoCloseable {
    private final WitnessFolder folder;
    private final TrustedBundle bundle;
    private final Cosigner cosigner;
    private final InstantSource clock;
    private final Map<String, WitnessedLedger> ledgers = new HashMap<>();

    private Witness(WitnessFolder folder, TrustedBundle bundle, Cosigner cosigner, InstantSource clock) {
        this.folder = folder;
        this.bundle = bundle;
        this.cosigner = cosigner;
        this.clock = clock;
    }

    /**
     * Opens a witness's state, makes it if the folder is empty.
     *
     * @param key the witness's Ed25519 key, which must be in the bundle under the name it cosigns with
     * @throws WitnessException WITNESS_BUSY, STORAGE_FAILED
     */
    public static Witness open(Path folder, TrustedBundle bundle, Signer key, InstantSource clock) {
        Cosigner cosigner = bundle.witnesses().stream()
                .map(known -> Cosigner.of(known.name(), key))
                .filter(candidate -> bundle.witnesses().stream()
                        .anyMatch(known ->
                                known.vkey().equals(candidate.verifier().vkey())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("key: one of the trust bundle's witnesses expected"));
        return new Witness(WitnessFolder.open(folder), bundle, cosigner, clock);
    }

    /** Name that stands in the cosignatures. */
    public String name() {
        return cosigner.name();
    }

    /** Line of a ledger in the trust bundle. */
    Optional<String> lineOf(String origin) {
        return bundle.ledger(origin).map(LedgerIdentity::line);
    }

    boolean isSignedByLedger(SignedCheckpoint untrusted) {
        return LedgerCheckpointVerifier.of(bundle).verifyLineSigned(untrusted) instanceof CheckpointResult.LineSigned;
    }

    /** Leaves of a ledger that were cosigned. */
    synchronized long size(String origin) {
        return ledgers.computeIfAbsent(origin, this::load).size();
    }

    /** Judges a {@code WitnessRequest} and answers with a {@code WitnessResponse}. */
    @Override
    public synchronized byte[] exchange(byte[] untrustedRequest) {
        return answer(untrustedRequest).toByteArray();
    }

    private WitnessResponse answer(byte[] untrusted) {
        WitnessRequest request;
        try {
            if (untrusted.length > WitnessLimits.LARGEST_REQUEST) {
                return refused(WitnessCode.MALFORMED, "a request of at most 16 MiB expected", 0);
            }
            request = WitnessRequest.parseFrom(untrusted);
        } catch (InvalidProtocolBufferException e) {
            return refused(WitnessCode.MALFORMED, "not a WitnessRequest", 0);
        }
        Optional<SignedCheckpoint> parsed =
                SignedCheckpoint.parse(request.getCheckpoint().toByteArray());
        if (parsed.isEmpty() || !isWithinLimits(request)) {
            return refused(WitnessCode.MALFORMED, "a checkpoint and bounded lists expected", 0);
        }
        SignedCheckpoint signed = parsed.get();
        String origin = signed.checkpoint().origin();
        if (bundle.ledger(origin).isEmpty()) {
            return refused(WitnessCode.WRONG_ORIGIN, "no ledger of the trust bundle has origin " + origin, 0);
        }
        if (!isSignedByLedger(signed)) {
            return refused(WitnessCode.BAD_NOTE, "not signed by ledger " + origin, 0);
        }
        return judge(origin, request, signed);
    }

    private WitnessResponse judge(String origin, WitnessRequest request, SignedCheckpoint signed) {
        WitnessedLedger ledger = ledgers.computeIfAbsent(origin, this::load);
        Optional<WitnessRefused> refusal = ledger.extend(request, signed.checkpoint());
        if (refusal.isPresent()) {
            ledgers.remove(origin); // half of the request may be in it: read the folder again
            return WitnessResponse.newBuilder().setRefused(refusal.get()).build();
        }
        if (request.getLeavesCount() > 0) {
            ledgers.remove(origin);
            folder.append(origin, request.toByteArray());
            ledgers.put(origin, ledger);
        }
        SignedCheckpoint cosigned = signed.with(cosigner.cosign(signed.checkpoint(), clock.instant()));
        return WitnessResponse.newBuilder()
                .setCosigned(WitnessCosigned.newBuilder().setCheckpoint(ByteString.copyFrom(cosigned.bytes())))
                .build();
    }

    /** Replays every request that was cosigned. */
    private WitnessedLedger load(String origin) {
        WitnessedLedger ledger = new WitnessedLedger(origin, bundle);
        for (byte[] bytes : folder.requests(origin)) {
            try {
                WitnessRequest request = WitnessRequest.parseFrom(bytes);
                SignedCheckpoint signed = SignedCheckpoint.parse(
                                request.getCheckpoint().toByteArray())
                        .orElseThrow(() -> corrupt(origin, "a request without a checkpoint"));
                ledger.extend(request, signed.checkpoint()).ifPresent(refusal -> {
                    throw corrupt(origin, refusal.getCode() + ": " + refusal.getDetail());
                });
            } catch (InvalidProtocolBufferException e) {
                throw corrupt(origin, "a request that cannot be decoded");
            }
        }
        return ledger;
    }

    private static boolean isWithinLimits(WitnessRequest request) {
        return request.getLeavesCount() <= WitnessLimits.MOST_LEAVES
                && request.getConsistencyProofCount() <= WitnessLimits.LONGEST_CONSISTENCY_PROOF
                && request.getLicensesCount() <= WitnessLimits.MOST_DOCUMENTS
                && request.getExportAuthorisationsCount() <= WitnessLimits.MOST_DOCUMENTS;
    }

    private static WitnessResponse refused(WitnessCode code, String detail, long knownSize) {
        return WitnessResponse.newBuilder()
                .setRefused(WitnessRefused.newBuilder()
                        .setCode(code.name())
                        .setDetail(detail)
                        .setKnownSize(knownSize))
                .build();
    }

    private static WitnessException corrupt(String origin, String what) {
        return new WitnessException(
                WitnessException.WITNESS_CORRUPT,
                "state of ledger " + origin + ": found " + what + "; restore the witness's folder from its backup",
                false);
    }

    @Override
    public synchronized void close() {
        folder.close();
    }
}
