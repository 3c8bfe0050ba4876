package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.handover.BirthProof;
import io.kryla.factory.handover.CapsuleResult;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.LeafProof;
import io.kryla.v1.License;
import io.kryla.v1.Measurement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One unit: its birth, its flights, and its handover, each file against the ledger's leaves. */
final class UnitAudit {
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final CapsuleTrust trust;
    private final Optional<VerifiedFirmwareManifest> firmware;
    private final LedgerAudit.Replayed ledger;
    private final ProofAudit proofs;
    private final FlightAudit flights;
    private final HandoverAudit handovers;

    UnitAudit(
            AuditOrder order,
            PublicFolder folder,
            Findings findings,
            FileAccounts accounts,
            CapsuleTrust trust,
            AuthorityAudit authorities,
            Optional<VerifiedFirmwareManifest> firmware,
            LedgerAudit.Replayed ledger) {
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
        this.trust = trust;
        this.firmware = firmware;
        this.ledger = ledger;
        this.proofs = new ProofAudit(findings, trust.bundle(), ledger);
        this.flights = new FlightAudit(order, folder, findings, accounts, trust, ledger, proofs);
        this.handovers = new HandoverAudit(order, folder, findings, accounts, trust, authorities, ledger, proofs);
    }

    void verify(UnitHistory unit) {
        Optional<BirthProof.Proven> birth = birth(unit);
        birth.ifPresent(
                proven -> judge(proven.record(), folder.airframe(unit.serial()).birthRecord()));
        flights.verify(unit, birth);
        handovers.verify(unit);
    }

    private Optional<BirthProof.Proven> birth(UnitHistory unit) {
        PublicFolder.AirframeFiles files = folder.airframe(unit.serial());
        accounts.enter(ledger.line(), files.chain(), Standing.VOUCHED);
        accounts.enter(ledger.line(), files.birthRecord(), Standing.VOUCHED);
        accounts.enter(ledger.line(), files.birthProof(), Standing.VOUCHED);
        Optional<CertificateChain> chain = chain(files.chain());
        Optional<Envelope> record = findings.readExactly(files.birthRecord(), Envelope.parser(), "a signed document");
        Optional<LeafProof> proof = proof(files.birthProof());
        if (chain.isEmpty() || record.isEmpty() || proof.isEmpty()) {
            return Optional.empty();
        }
        proofs.compare(proof.get(), files.birthProof(), "proof");
        Capsule.Builder birthPart =
                Capsule.newBuilder().setBirthRecord(record.get()).setBirth(proof.get());
        chain.get().toDer().forEach(der -> birthPart.addIdevidChain(ByteString.copyFrom(der)));
        BirthProof.Result result = BirthProof.verify(birthPart.build(), trust);
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
            findings.add(
                    AuditCode.BIRTH_MISMATCH,
                    files.birthProof(),
                    "leaf",
                    "the birth of " + unit.serial() + " expected");
            return Optional.empty();
        }
        VerificationKey issuer =
                VerificationKey.of(chain.get().certificates().get(1).getPublicKey());
        if (!issuer.spkiSha256()
                .matches(trust.license().content().getLineCaKeySha256().toByteArray())) {
            findings.add(
                    AuditCode.LINE_CA_MISMATCH, files.chain(), "issuer", "the line CA that the license names expected");
        }
        return Optional.of(proven);
    }

    /** What the station itself signed that it saw at the birth. */
    private void judge(BirthRecord record, Path file) {
        // Failed attempts are in the record, too: the last one of each decides.
        Map<String, Measurement> last = new LinkedHashMap<>();
        record.getMeasurementsList().forEach(measured -> last.put(measured.getName(), measured));
        for (Measurement measured : last.values()) {
            boolean within =
                    measured.getValue() >= measured.getLowerLimit() && measured.getValue() <= measured.getUpperLimit();
            if (!within) {
                findings.add(
                        AuditCode.MEASUREMENT_FAILED, file, measured.getName(), "born with a value outside its limits");
            }
        }
        firmware.map(VerifiedFirmwareManifest::content).ifPresent(release -> judge(record, release, file));
    }

    private void judge(BirthRecord record, FirmwareManifest release, Path file) {
        License license = trust.license().content();
        boolean released = record.getFirmwareSha256().equals(release.getImageSha256())
                && record.getFirmwareVersion().equals(release.getVersion())
                && release.getDesignOid().equals(record.getDesignOid());
        if (!released) {
            findings.add(AuditCode.FIRMWARE_MISMATCH, file, "firmware", "the image of the signed release expected");
        } else if (release.getReleaseNumber() < license.getFirmwareFloor()) {
            findings.add(
                    AuditCode.FIRMWARE_FLOOR, file, "firmware", "release " + license.getFirmwareFloor() + " or newer");
        }
    }

    private Optional<CertificateChain> chain(Path file) {
        return findings.read(file).flatMap(pem -> {
            Optional<CertificateChain> chain = PemFile.chain(pem);
            if (chain.isEmpty()) {
                findings.add(AuditCode.MALFORMED, file, "whole file", "not a chain in PEM as Kryla writes it");
            }
            return chain;
        });
    }

    private Optional<LeafProof> proof(Path file) {
        return findings.read(file).flatMap(bytes -> {
            Optional<LeafProof> proof = FlightProofFile.decode(bytes);
            if (proof.isEmpty()) {
                findings.add(AuditCode.MALFORMED, file, "proof", "not a ledger proof");
            }
            return proof;
        });
    }
}
