package io.kryla.factory.replay;

import io.kryla.factory.license.SerialSpace;
import io.kryla.keys.Digest;
import io.kryla.v1.Born;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import io.kryla.v1.Voided;
import java.time.Instant;
import java.util.Optional;

/** BORN and VOIDED: who may enter the ledger, and how many. */
final class BirthRules {
    private final LedgerState state;

    BirthRules(LedgerState state) {
        this.state = state;
    }

    void judgeBorn(LedgerLeaf leaf, Verdict verdict) {
        Born born = leaf.getBorn();
        if (!verdict.require(
                Shape.allDigests(
                        born.getHardwareIdSha256(),
                        born.getIdevidCertificateSha256(),
                        born.getIdevidKeySha256(),
                        born.getBirthRecordSha256(),
                        born.getFirmwareSha256()),
                Rule.MALFORMED_LEAF,
                "BORN: five hashes of 32 bytes expected")) {
            return;
        }
        judgeIdentity(leaf.getSerial(), born, verdict);
        Optional<License> license = state.license(born.getLicensePolicyOid(), born.getLicenseRevision());
        verdict.require(
                license.isPresent(),
                Rule.LICENSE_UNKNOWN,
                "license %s revision %d is not known for this ledger",
                born.getLicensePolicyOid(),
                born.getLicenseRevision());
        license.ifPresent(known -> judgeLicense(leaf, known, verdict));
    }

    private void judgeIdentity(String serial, Born born, Verdict verdict) {
        verdict.require(!state.units.containsKey(serial), Rule.DUPLICATE_SERIAL, "serial %s was born before", serial);
        verdict.require(
                !state.voidedSerials.contains(serial), Rule.DUPLICATE_SERIAL, "serial %s was voided before", serial);
        Digest key = Shape.digest(born.getIdevidKeySha256());
        verdict.require(
                !state.serialOfKey.containsKey(key),
                Rule.DUPLICATE_KEY,
                "the key was born as %s",
                state.serialOfKey.getOrDefault(key, ""));
        Digest hardware = Shape.digest(born.getHardwareIdSha256());
        verdict.require(
                !state.serialOfHardware.containsKey(hardware),
                Rule.CLONE_SUSPECTED,
                "the hardware was born as %s",
                state.serialOfHardware.getOrDefault(hardware, ""));
    }

    private void judgeLicense(LedgerLeaf leaf, License license, Verdict verdict) {
        String oid = license.getPolicyOid();
        long last = state.lastRevision.getOrDefault(oid, 0L);
        verdict.require(
                license.getRevision() >= last,
                Rule.LICENSE_ROLLBACK,
                "license %s revision %d after revision %d",
                oid,
                license.getRevision(),
                last);
        Instant recordedAt = Instant.ofEpochMilli(leaf.getRecordedAtUnixMillis());
        verdict.require(
                !recordedAt.isBefore(Instant.ofEpochSecond(license.getNotBeforeUnixSeconds()))
                        && !recordedAt.isAfter(Instant.ofEpochSecond(license.getNotAfterUnixSeconds())),
                Rule.LICENSE_EXPIRED,
                "born at %s, outside the dates of license %s",
                recordedAt,
                oid);
        long bornBefore = state.bornUnder.getOrDefault(oid, 0L);
        verdict.require(
                bornBefore < license.getQuota(),
                Rule.QUOTA_EXHAUSTED,
                "birth %d under license %s, whose quota is %d",
                bornBefore + 1,
                oid,
                license.getQuota());
        verdict.require(
                SerialSpace.isSerial(leaf.getSerial()) && leaf.getSerial().startsWith(license.getSerialPrefix()),
                Rule.SERIAL_FOREIGN,
                "serial %s is not one of license %s (%s)",
                leaf.getSerial(),
                oid,
                license.getSerialPrefix());
    }

    void applyBorn(LedgerLeaf leaf, long index) {
        Born born = leaf.getBorn();
        String oid = born.getLicensePolicyOid();
        License license = state.license(oid, born.getLicenseRevision()).orElseThrow();
        state.units.put(leaf.getSerial(), new UnitHistory(leaf.getSerial(), index, born, license));
        state.serialOfKey.put(Shape.digest(born.getIdevidKeySha256()), leaf.getSerial());
        state.serialOfHardware.put(Shape.digest(born.getHardwareIdSha256()), leaf.getSerial());
        state.bornUnder.merge(oid, 1L, Long::sum);
        state.lastRevision.merge(oid, born.getLicenseRevision(), Math::max);
    }

    void judgeVoided(LedgerLeaf leaf, Verdict verdict) {
        Voided voided = leaf.getVoided();
        verdict.require(
                Shape.allDigests(voided.getHardwareIdSha256(), voided.getIdevidKeySha256())
                        && voided.getIdevidCertificateSha256List().stream().allMatch(Shape::isDigest)
                        && !voided.getReason().isEmpty(),
                Rule.MALFORMED_LEAF,
                "VOIDED: hashes of 32 bytes and a reason expected");
        verdict.require(
                state.licenses.containsKey(voided.getLicensePolicyOid()),
                Rule.LICENSE_UNKNOWN,
                "license %s is not known for this ledger",
                voided.getLicensePolicyOid());
        verdict.require(
                !state.units.containsKey(leaf.getSerial()),
                Rule.BAD_STATE,
                "serial %s was born: only a unit before its birth is voided",
                leaf.getSerial());
        verdict.require(
                !state.voidedSerials.contains(leaf.getSerial()),
                Rule.DUPLICATE_SERIAL,
                "serial %s was voided before",
                leaf.getSerial());
    }

    void applyVoided(LedgerLeaf leaf) {
        state.voidedSerials.add(leaf.getSerial());
    }
}
