package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.handover.BirthProof;
import io.kryla.factory.handover.CapsuleResult;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.handover.CapsuleVerifier;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.identity.Certificates;
import io.kryla.ownership.Voucher;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.LeafProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One unit: its birth, its flights, and its handover, each file against the ledger's leaves. */
final class UnitAudit {
    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\\R");

    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final CapsuleTrust trust;
    private final LedgerAudit.Replayed ledger;

    UnitAudit(
            AuditOrder order, PublicFolder folder, Findings findings, CapsuleTrust trust, LedgerAudit.Replayed ledger) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.trust = trust;
        this.ledger = ledger;
    }

    void verify(UnitHistory unit) {
        Optional<BirthProof.Proven> birth = birth(unit);
        FlightAudit flights = new FlightAudit(order, folder, findings, trust, ledger);
        flights.verify(unit, birth);
        if (!unit.transferIndices().isEmpty()) {
            handover(unit);
        }
    }

    private Optional<BirthProof.Proven> birth(UnitHistory unit) {
        PublicFolder.AirframeFiles files = folder.airframe(unit.serial());
        Optional<List<ByteString>> chain = findings.read(files.chain()).map(UnitAudit::pem);
        Optional<Envelope> record =
                findings.read(files.birthRecord()).flatMap(bytes -> envelope(bytes, files.birthRecord()));
        Optional<LeafProof> proof = proof(files.birthProof());
        if (chain.isEmpty() || record.isEmpty() || proof.isEmpty()) {
            return Optional.empty();
        }
        Capsule birthPart = Capsule.newBuilder()
                .addAllIdevidChain(chain.get())
                .setBirthRecord(record.get())
                .setBirth(proof.get())
                .build();
        BirthProof.Result result = BirthProof.verify(birthPart, trust);
        if (result instanceof BirthProof.Rejected rejected) {
            CapsuleResult.Rejected why = rejected.result();
            Path file = switch (why.where()) {
                case "birth" -> files.birthProof();
                case "idevid_chain" -> files.chain();
                default -> files.birthRecord();
            };
            findings.add(why.code(), file, why.where(), why.reason());
            return Optional.empty();
        }
        BirthProof.Proven proven = (BirthProof.Proven) result;
        if (proven.index() != unit.bornIndex() || !proven.record().getSerial().equals(unit.serial())) {
            findings.add("BIRTH_MISMATCH", files.birthProof(), "leaf", "the birth of " + unit.serial() + " expected");
            return Optional.empty();
        }
        return Optional.of(proven);
    }

    private void handover(UnitHistory unit) {
        Path file = folder.capsule(unit.serial());
        Optional<byte[]> capsule = findings.read(file);
        if (capsule.isEmpty()) {
            return;
        }
        CapsuleResult result = CapsuleVerifier.of(order.root()).verify(capsule.get(), order.now());
        if (result instanceof CapsuleResult.Rejected rejected) {
            findings.add(rejected.code(), file, rejected.where(), rejected.reason());
            return;
        }
        CapsuleResult.Verified verified = (CapsuleResult.Verified) result;
        List<Long> transfers = verified.facts().voucher().transfers().stream()
                .map(Voucher.Transfer::index)
                .toList();
        if (!verified.facts().serial().equals(unit.serial())) {
            findings.add("SERIAL_MISMATCH", file, "birth_record", "the capsule of " + unit.serial() + " expected");
        } else if (!transfers.equals(unit.transferIndices())) {
            findings.add(
                    "CHAIN_BROKEN",
                    file,
                    "steps",
                    "the ledger holds transfers " + unit.transferIndices() + ", the voucher " + transfers);
        }
    }

    private Optional<LeafProof> proof(Path file) {
        Optional<LeafProof> proof = findings.read(file).flatMap(FlightProofFile::decode);
        if (proof.isEmpty()) {
            findings.add("MALFORMED", file, "proof", "not a ledger proof");
        }
        return proof;
    }

    private Optional<Envelope> envelope(byte[] bytes, Path file) {
        try {
            return Optional.of(Envelope.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            findings.add("MALFORMED", file, "envelope", "not a signed document");
            return Optional.empty();
        }
    }

    /** The certificates of a PEM file; what is no certificate is left to the path validation to miss. */
    private static List<ByteString> pem(byte[] untrusted) {
        Matcher blocks = PEM_BLOCK.matcher(new String(untrusted, StandardCharsets.US_ASCII));
        List<ByteString> certificates = new ArrayList<>();
        while (blocks.find()) {
            Certificates.fromPem(blocks.group().getBytes(StandardCharsets.US_ASCII))
                    .map(Certificates::toDer)
                    .map(ByteString::copyFrom)
                    .ifPresent(certificates::add);
        }
        return certificates;
    }
}
