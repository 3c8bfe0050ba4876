package io.kryla.factory.licensor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.pki.PartyName;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.LineRequest;
import java.util.Optional;
import java.util.Set;

/**
 * A new line's request, after each of its three keys was seen to have signed it.
 *
 * @param name of the line, as its certificates will hold it
 * @param lineCaKey P-384
 * @param operationsCaKey P-384
 * @param ledgerKey Ed25519
 * @param envelope as received
 */
public record VerifiedLineRequest(
        PartyName name,
        String ledgerOrigin,
        VerificationKey lineCaKey,
        VerificationKey operationsCaKey,
        VerificationKey ledgerKey,
        Envelope envelope) {
    private static final String LINE = "[A-Z0-9][A-Z0-9-]{1,31}";
    private static final String ORIGIN = "[!-*,-~]{1,128}";

    /** Signs a request with the three keys. */
    public static Envelope make(
            PartyName name, String ledgerOrigin, Signer lineCaKey, Signer operationsCaKey, Signer ledgerKey) {
        LineRequest request = LineRequest.newBuilder()
                .setLine(name.unit().orElseThrow())
                .setCountry(name.country())
                .setOrganisation(name.organisation())
                .setLedgerOrigin(ledgerOrigin)
                .setLineCaKey(lineCaKey.key().toProto())
                .setOperationsCaKey(operationsCaKey.key().toProto())
                .setLedgerKey(ledgerKey.key().toProto())
                .build();
        return DsseSigner.sign(PayloadType.LINE_REQUEST, request.toByteArray(), lineCaKey, operationsCaKey, ledgerKey);
    }

    /** Verifies an untrusted request. */
    public static DocumentResult<VerifiedLineRequest> open(Envelope untrusted) {
        LineRequest request;
        try {
            // Read before it is verified, for its keys alone: nothing is given out unless all of them signed it.
            request = LineRequest.parseFrom(untrusted.getPayload());
        } catch (InvalidProtocolBufferException e) {
            return malformed("the payload is no line's request");
        }
        Optional<VerificationKey> lineCa = VerificationKey.fromProto(request.getLineCaKey());
        Optional<VerificationKey> operations = VerificationKey.fromProto(request.getOperationsCaKey());
        Optional<VerificationKey> ledger = VerificationKey.fromProto(request.getLedgerKey());
        if (!isOf(SignatureAlgorithm.ECDSA_P384_SHA384, lineCa)
                || !isOf(SignatureAlgorithm.ECDSA_P384_SHA384, operations)
                || !isOf(SignatureAlgorithm.ED25519, ledger)
                || lineCa.equals(operations)) {
            return malformed("two different P-384 keys for the CAs and an Ed25519 key for the ledger expected");
        }
        Set<VerificationKey> keys = Set.of(lineCa.get(), operations.get(), ledger.get());
        DsseResult signed = DsseVerifier.verify(untrusted, PayloadType.LINE_REQUEST, keys, keys.size());
        if (signed instanceof DsseResult.Rejected rejected) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.valueOf(rejected.code().name()), rejected.reason());
        }
        if (!request.getLine().matches(LINE) || !request.getLedgerOrigin().matches(ORIGIN)) {
            return malformed("a line such as DE-01 and a checkpoint origin without space and plus sign expected");
        }
        try {
            return new DocumentResult.Verified<>(new VerifiedLineRequest(
                    PartyName.ofLine(request.getCountry(), request.getOrganisation(), request.getLine()),
                    request.getLedgerOrigin(),
                    lineCa.get(),
                    operations.get(),
                    ledger.get(),
                    untrusted));
        } catch (IllegalArgumentException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    public String line() {
        return name.unit().orElseThrow();
    }

    private static boolean isOf(SignatureAlgorithm algorithm, Optional<VerificationKey> key) {
        return key.filter(present -> present.algorithm() == algorithm).isPresent();
    }

    private static DocumentResult<VerifiedLineRequest> malformed(String reason) {
        return new DocumentResult.Rejected<>(DocumentRejection.MALFORMED, reason);
    }
}
