package io.kryla.factory.ledger;

import io.kryla.factory.ledger.LedgerStore.Transaction;
import io.kryla.factory.license.SerialSpace;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.v1.Born;
import io.kryla.v1.LedgerLeaf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What happens to a unit's row, each method inside one transaction of the store. */
final class UnitRegister {
    /** Document with the name of the state that a unit was set aside from. */
    private static final String QUARANTINED_FROM = "quarantined-from";

    private UnitRegister() {}

    /** Quota, serial and row in one transaction: all three or none. */
    static ClaimResult claim(
            Transaction store,
            Digest idevidKeySha256,
            Digest hardwareIdSha256,
            String actorId,
            Optional<VerifiedLicense> license,
            Instant now) {
        Optional<Unit> ofKey = store.unitOfKey(idevidKeySha256);
        if (ofKey.isPresent()) {
            return resume(ofKey.get(), hardwareIdSha256);
        }
        Optional<Unit> ofHardware = store.unitOfHardware(hardwareIdSha256);
        if (ofHardware.isPresent()) {
            return new Refused(
                    Refused.CLONE_SUSPECTED,
                    "the hardware id holds serial " + ofHardware.get().serial() + " under another key");
        }
        if (license.isEmpty()) {
            return new Refused(Refused.LICENSE_MISSING, "no license was admitted at this line");
        }
        return grant(store, idevidKeySha256, hardwareIdSha256, actorId, license.get(), now);
    }

    private static ClaimResult resume(Unit unit, Digest hardwareIdSha256) {
        if (!unit.hardwareIdSha256().equals(hardwareIdSha256)) {
            return new Refused(
                    Refused.CLONE_SUSPECTED, "the key holds serial " + unit.serial() + " with another hardware id");
        }
        if (unit.state() == UnitState.VOIDED) {
            return new Refused(Refused.BAD_STATE, "serial " + unit.serial() + " was voided: the board needs a new key");
        }
        return new ClaimResult.Granted(unit, true);
    }

    private static ClaimResult grant(
            Transaction store,
            Digest idevidKeySha256,
            Digest hardwareIdSha256,
            String actorId,
            VerifiedLicense license,
            Instant now) {
        String oid = license.content().getPolicyOid();
        if (now.isBefore(license.notBefore())) {
            return new Refused(Refused.LICENSE_NOT_YET_VALID, "license " + oid + " begins at " + license.notBefore());
        }
        if (now.isAfter(license.notAfter())) {
            return new Refused(Refused.LICENSE_EXPIRED, "license " + oid + " ended at " + license.notAfter());
        }
        if (!store.takeQuota(oid)) {
            return new Refused(
                    Refused.QUOTA_EXHAUSTED,
                    "license " + oid + " allows " + license.content().getQuota() + " units, all are taken");
        }
        SerialSpace space = SerialSpace.of(license.content().getSerialPrefix());
        String serial = space.serial(store.nextSerialNumber(space.prefix()));
        Unit unit = new Unit(serial, idevidKeySha256, hardwareIdSha256, oid, UnitState.CLAIMED, now);
        store.addUnit(unit);
        store.addJournal(serial, now, actorId, UnitState.CLAIMED.name(), "license " + oid);
        return new ClaimResult.Granted(unit, false);
    }

    static AdvanceResult advance(
            Transaction store,
            String serial,
            UnitState to,
            String actorId,
            Map<String, byte[]> documents,
            Instant now) {
        Optional<Unit> found = store.unit(serial);
        if (found.isEmpty()) {
            return new Refused(Refused.BAD_STATE, "serial " + serial + " was never claimed here");
        }
        Unit unit = found.get();
        if (unit.state() == to) {
            return new AdvanceResult.Advanced(unit);
        }
        if (!unit.state().advancesTo(to)) {
            return new Refused(
                    Refused.BAD_STATE,
                    "serial " + serial + " is " + unit.state() + ", from which no step leads to " + to);
        }
        store.setState(serial, to);
        store.putDocuments(serial, documents);
        store.addJournal(serial, now, actorId, to.name(), "");
        return new AdvanceResult.Advanced(unit.in(to));
    }

    /** Sets the unit aside; where it stood is kept, so that {@link #release} leads back there. */
    static AdvanceResult quarantine(
            Transaction store,
            String serial,
            String actorId,
            String reason,
            Map<String, byte[]> documents,
            Instant now) {
        Optional<Unit> unit = store.unit(serial);
        if (unit.isEmpty() || !unit.get().state().isAtTheLine()) {
            return refused(unit, serial, "a unit at the line");
        }
        store.setState(serial, UnitState.QUARANTINED);
        store.putDocuments(serial, documents);
        store.putDocuments(
                serial, Map.of(QUARANTINED_FROM, unit.get().state().name().getBytes(StandardCharsets.US_ASCII)));
        store.addJournal(serial, now, actorId, UnitState.QUARANTINED.name(), reason);
        return new AdvanceResult.Advanced(unit.get().in(UnitState.QUARANTINED));
    }

    static AdvanceResult release(
            Transaction store,
            String serial,
            String actorId,
            String reason,
            Map<String, byte[]> documents,
            Instant now) {
        Optional<Unit> unit = store.unit(serial);
        if (unit.isEmpty() || unit.get().state() != UnitState.QUARANTINED) {
            return refused(unit, serial, "QUARANTINED");
        }
        UnitState before = UnitState.valueOf(
                new String(store.document(serial, QUARANTINED_FROM).orElseThrow(), StandardCharsets.US_ASCII));
        store.setState(serial, before);
        store.putDocuments(serial, documents);
        store.addJournal(serial, now, actorId, "RELEASED", reason);
        return new AdvanceResult.Advanced(unit.get().in(before));
    }

    private static Refused refused(Optional<Unit> unit, String serial, String expected) {
        return unit.map(found -> badState(found, expected))
                .orElseGet(() -> new Refused(Refused.BAD_STATE, "serial " + serial + " was never claimed here"));
    }

    /** Why the register does not allow the leaf, before the ledger's rules are asked. */
    static Optional<Refused> check(Optional<Unit> found, LedgerLeaf leaf) {
        if (found.isEmpty()) {
            return Optional.of(
                    new Refused(Refused.BAD_STATE, "serial " + leaf.getSerial() + " was never claimed at this line"));
        }
        Unit unit = found.get();
        if (unit.state() == UnitState.QUARANTINED && !leaf.hasScrapped() && !leaf.hasFlightClosed()) {
            return Optional.of(badState(unit, "a unit that is not set aside"));
        }
        switch (leaf.getEventCase()) {
            case BORN:
                return unit.state() == UnitState.INSTALLED
                        ? checkBirth(unit, leaf.getBorn())
                        : Optional.of(badState(unit, "INSTALLED"));
            case VOIDED:
                return unit.state().isBeforeBirth()
                        ? Optional.empty()
                        : Optional.of(badState(unit, "CLAIMED, CERTIFIED or INSTALLED"));
            default:
                return Optional.empty();
        }
    }

    private static Optional<Refused> checkBirth(Unit unit, Born born) {
        boolean isTheClaim = unit.idevidKeySha256()
                        .matches(born.getIdevidKeySha256().toByteArray())
                && unit.hardwareIdSha256().matches(born.getHardwareIdSha256().toByteArray())
                && unit.licensePolicyOid().equals(born.getLicensePolicyOid());
        return isTheClaim
                ? Optional.empty()
                : Optional.of(new Refused(
                        Refused.BAD_STATE,
                        "serial " + unit.serial() + " was claimed by another key, hardware id or license"));
    }

    /** Moves the row to where the leaf leads. */
    static void apply(Transaction store, Unit unit, LedgerLeaf leaf, Instant now) {
        UnitState to = stateAfter(unit.state(), leaf);
        if (to != unit.state()) {
            store.setState(unit.serial(), to);
        }
        if (to == UnitState.VOIDED) {
            store.freeQuota(unit.licensePolicyOid());
        }
        store.addJournal(
                unit.serial(), now, leaf.getActorId(), leaf.getEventCase().name(), "");
    }

    private static UnitState stateAfter(UnitState state, LedgerLeaf leaf) {
        switch (leaf.getEventCase()) {
            case BORN:
                return UnitState.BORN;
            case VOIDED:
                return UnitState.VOIDED;
            case SCRAPPED:
                return UnitState.SCRAPPED;
            case ACCEPTED:
                return UnitState.ACCEPTED;
            case TRANSFER:
                return state == UnitState.ACCEPTED ? UnitState.HANDED_OVER : UnitState.TRANSFERRED;
            default:
                return state;
        }
    }

    private static Refused badState(Unit unit, String expected) {
        return new Refused(
                Refused.BAD_STATE, "serial " + unit.serial() + " is " + unit.state() + ", " + expected + " expected");
    }
}
