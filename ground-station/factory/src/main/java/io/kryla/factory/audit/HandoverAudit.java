package io.kryla.factory.audit;

import com.google.protobuf.ByteString;
import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.handover.CapsuleFacts;
import io.kryla.factory.handover.CapsuleResult;
import io.kryla.factory.handover.CapsuleTrust;
import io.kryla.factory.handover.CapsuleVerifier;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.ownership.Owner;
import io.kryla.ownership.Voucher;
import io.kryla.v1.Capsule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A unit's capsule: by itself, as whoever receives it verifies it, and then against the ledger. */
final class HandoverAudit {
    private final AuditOrder order;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final CapsuleTrust trust;
    private final AuthorityAudit authorities;
    private final LedgerAudit.Replayed ledger;
    private final ProofAudit proofs;

    HandoverAudit(
            AuditOrder order,
            PublicFolder folder,
            Findings findings,
            FileAccounts accounts,
            CapsuleTrust trust,
            AuthorityAudit authorities,
            LedgerAudit.Replayed ledger,
            ProofAudit proofs) {
        this.order = order;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
        this.trust = trust;
        this.authorities = authorities;
        this.ledger = ledger;
        this.proofs = proofs;
    }

    void verify(UnitHistory unit) {
        if (unit.transferIndices().isEmpty()) {
            return;
        }
        Path file = folder.capsule(unit.serial());
        accounts.enter(ledger.line(), file, Standing.VOUCHED);
        Optional<Capsule> capsule = findings.readExactly(file, Capsule.parser(), "a capsule");
        if (capsule.isEmpty()) {
            return;
        }
        CapsuleResult result =
                CapsuleVerifier.of(order.root()).verify(capsule.get().toByteArray(), order.now());
        if (result instanceof CapsuleResult.Rejected rejected) {
            findings.add(rejected.code(), file, rejected.where(), rejected.reason());
            return;
        }
        compareWithLedger(unit, ((CapsuleResult.Verified) result).facts(), file);
        proofs.compare(capsule.get().getBirth(), file, "birth");
        proofs.compare(capsule.get().getAcceptance(), file, "acceptance");
        capsule.get().getStepsList().forEach(step -> proofs.compare(step.getTransfer(), file, "steps"));
        capsule.get().getCrlsList().forEach(crl -> checkList(crl, file));
        ((CapsuleResult.Verified) result).facts().voucher().transfers().forEach(step -> checkOwner(step.next(), file));
    }

    /** An owner that flies has an operations CA; its certificate and its list belong in the folder. */
    private void checkOwner(Owner owner, Path capsule) {
        Digest key = owner.operationsCaKeySha256();
        if (key.equals(owner.key().spkiSha256()) || authorities.certified(key)) {
            return;
        }
        String path = "certificates/" + owner.id() + "-operations.pem";
        boolean nameable = FolderFiles.isPlain(path);
        findings.add(
                AuditCode.FILE_MISSING,
                nameable ? path : findings.relative(capsule),
                nameable ? "whole file" : "next_owner_ca_key_sha256",
                "the operations CA of " + owner.id() + ", which the voucher names, expected");
    }

    private void compareWithLedger(UnitHistory unit, CapsuleFacts facts, Path file) {
        List<Long> transfers = facts.voucher().transfers().stream()
                .map(Voucher.Transfer::index)
                .toList();
        String origin = trust.license().content().getLedgerOrigin();
        if (!facts.serial().equals(unit.serial())) {
            findings.add(
                    AuditCode.SERIAL_MISMATCH, file, "birth_record", "the capsule of " + unit.serial() + " expected");
        } else if (!facts.license().getLedgerOrigin().equals(origin)
                || facts.bornIndex() != unit.bornIndex()
                || !unit.acceptedIndex().equals(OptionalLong.of(facts.acceptedIndex()))) {
            findings.add(
                    AuditCode.HEADER_MISMATCH,
                    file,
                    "header",
                    "birth and acceptance in ledger " + origin + " expected");
        } else if (!transfers.equals(unit.transferIndices())) {
            findings.add(
                    AuditCode.CHAIN_BROKEN,
                    file,
                    "steps",
                    "the ledger holds transfers " + unit.transferIndices() + ", the voucher " + transfers);
        }
    }

    /** Lists that no chain in the capsule needs were looked at by nobody else. */
    private void checkList(ByteString der, Path file) {
        boolean signed = Certificates.crlFromDer(der.toByteArray())
                .filter(authorities::signed)
                .isPresent();
        if (!signed) {
            findings.add(AuditCode.CRL_SIGNATURE, file, "crls", "a list that no authority in the folder signed");
        }
    }
}
