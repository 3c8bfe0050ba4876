package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.keys.Digest;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.BirthRecord;
import io.kryla.v1.Born;
import io.kryla.v1.Envelope;
import io.kryla.v1.Installed;
import io.kryla.v1.LedgerLeaf;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records an installed unit's birth, once: asked again, it hands out the same record and leaf. */
final class BirthDesk {
    private final ProvisioningLine line;

    BirthDesk(ProvisioningLine line) {
        this.line = line;
    }

    sealed interface Result {}

    record Committed(long index, BirthCommit birthCommit) implements Result {}

    record Refusal(String code, String detail) implements Result {}

    /** Makes the unit INSTALLED, with everything its birth record will say. */
    void install(Unit unit, IdentityDesk identities, TestRun tests, String operatorCardId, List<Digest> statements) {
        var license = line.license().content();
        var firmware = line.firmware().content();
        BirthRecord installation = BirthRecord.newBuilder()
                .setSerial(unit.serial())
                .setLine(license.getLine())
                .setLicensePolicyOid(license.getPolicyOid())
                .setLicenseRevision(license.getRevision())
                .setDesignOid(license.getDesignOid())
                .setHardwareIdSha256(bytes(unit.hardwareIdSha256()))
                .setIdevidCertificateSha256(bytes(identities.certificateSha256(unit.serial())))
                .setIdevidKeySha256(bytes(unit.idevidKeySha256()))
                .setLogKeySha256(bytes(identities.logKeySha256(unit)))
                .setFirmwareSha256(firmware.getImageSha256())
                .setFirmwareVersion(firmware.getVersion())
                .addAllParameters(firmware.getParametersList())
                .addAllParameters(tests.corrections())
                .addAllMeasurements(tests.taken())
                .setOperatorCardId(operatorCardId)
                .setStationId(line.stationId())
                .setTestPlan(line.testPlan().name())
                .addAllStatementSha256(statements.stream().map(BirthDesk::bytes).toList())
                .build();
        AdvanceResult result = line.ledger()
                .advance(
                        unit.serial(),
                        UnitState.INSTALLED,
                        line.stationId(),
                        Map.of(UnitDocuments.INSTALLATION, installation.toByteArray()));
        if (result instanceof Refused refused) {
            throw new IllegalStateException("a certified unit can be installed: " + refused.reason());
        }
    }

    /** What an installed unit must hold. */
    Installed installed(String serial) {
        BirthRecord installation = installation(serial);
        return Installed.newBuilder()
                .setCertificateSha256(installation.getIdevidCertificateSha256())
                .setFirmwareSha256(installation.getFirmwareSha256())
                .build();
    }

    /** Appends BORN unless it stands already, and proves it under a cosigned checkpoint. */
    Result commit(String serial) {
        Optional<IndexedLeaf> born = bornLeaf(serial);
        if (born.isEmpty()) {
            AppendResult appended = append(serial);
            // Another conversation of the unit, which the airframe gave up, may have been quicker.
            born = appended instanceof AppendResult.Appended done ? Optional.of(done.leaf()) : bornLeaf(serial);
            if (born.isEmpty() && appended instanceof Refused refused) {
                return new Refusal(refused.code(), refused.reason());
            }
        }
        long index = born.orElseThrow().index();
        ProofResult proof = line.ledger().leafProof(index);
        if (proof instanceof Refused refused) {
            return new Refusal(refused.code(), refused.reason());
        }
        return new Committed(
                index,
                BirthCommit.newBuilder()
                        .setBirthRecord(birthRecord(serial))
                        .setProof(((ProofResult.Proof) proof).leafProof())
                        .build());
    }

    Digest birthRecordSha256(String serial) {
        return Digest.sha256(birthRecord(serial).getPayload().toByteArray());
    }

    private AppendResult append(String serial) {
        BirthRecord installation = installation(serial);
        BirthRecord record = installation.toBuilder()
                .setLicenseRevision(revisionNow(installation))
                .setBornAtUnixSeconds(line.clock().instant().getEpochSecond())
                .build();
        Envelope signed = CertifiedEnvelope.sign(PayloadType.BIRTH_RECORD, record.toByteArray(), line.station());
        LedgerLeaf leaf = LedgerLeaf.newBuilder()
                .setActorId(record.getOperatorCardId())
                .setSerial(serial)
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid(record.getLicensePolicyOid())
                        .setLicenseRevision(record.getLicenseRevision())
                        .setHardwareIdSha256(record.getHardwareIdSha256())
                        .setIdevidCertificateSha256(record.getIdevidCertificateSha256())
                        .setIdevidKeySha256(record.getIdevidKeySha256())
                        .setBirthRecordSha256(
                                bytes(Digest.sha256(signed.getPayload().toByteArray())))
                        .setFirmwareSha256(record.getFirmwareSha256()))
                .build();
        return line.ledger().append(leaf, Map.of(UnitDocuments.BIRTH_RECORD, signed.toByteArray()));
    }

    /** A newer revision may have been admitted since the unit was installed; the ledger takes births under it alone. */
    private long revisionNow(BirthRecord installation) {
        return line.ledger()
                .license()
                .filter(license -> license.content().getPolicyOid().equals(installation.getLicensePolicyOid()))
                .map(license -> license.content().getRevision())
                .orElseGet(installation::getLicenseRevision);
    }

    private Optional<IndexedLeaf> bornLeaf(String serial) {
        return line.ledger().leaves(serial).stream()
                .filter(leaf -> leaf.content().hasBorn())
                .findFirst();
    }

    private BirthRecord installation(String serial) {
        try {
            return BirthRecord.parseFrom(stored(serial, UnitDocuments.INSTALLATION));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the installation of " + serial, e);
        }
    }

    private Envelope birthRecord(String serial) {
        try {
            return Envelope.parseFrom(stored(serial, UnitDocuments.BIRTH_RECORD));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the birth record of " + serial, e);
        }
    }

    private byte[] stored(String serial, String name) {
        return line.ledger()
                .document(serial, name)
                .orElseThrow(() -> new IllegalStateException("the ledger has " + name + " of " + serial));
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }
}
