package io.kryla.factory.replay;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Replays the leaves of one ledger in order and says which break a rule (protocol.md §9.4).
 *
 * <p>A function of what it was given: the same licenses, authorisations and leaves yield the same findings and totals for
 * the line, the witness and an auditor years later. A leaf that breaks a rule is found and counted; it still takes effect
 * unless that would make no sense, so that one breach is not reported a hundred times. Confined to one thread.
 */
public final class LedgerReplay {
    private final String ledgerOrigin;
    private final LedgerState state = new LedgerState();
    private final BirthRules births = new BirthRules(state);
    private final ServiceRules services = new ServiceRules(state);
    private final FlightRules flights = new FlightRules(state);
    private final TransferRules transfers = new TransferRules(state);
    private final List<Finding> findings = new ArrayList<>();

    public LedgerReplay(String ledgerOrigin) {
        this.ledgerOrigin = ledgerOrigin;
    }

    /** Makes a license revision known; it must name this ledger. Its revisions may come in any order, and again. */
    public void admit(VerifiedLicense verified) {
        License license = verified.content();
        if (!license.getLedgerOrigin().equals(ledgerOrigin)) {
            throw new IllegalArgumentException(
                    "license: for ledger " + ledgerOrigin + " expected, got " + license.getLedgerOrigin());
        }
        state.licenses
                .computeIfAbsent(license.getPolicyOid(), oid -> new TreeMap<>())
                .putIfAbsent(license.getRevision(), license);
    }

    /** Makes an export authorisation known; it must name this ledger. */
    public void admit(VerifiedExportAuthorisation verified) {
        if (!verified.content().getLedgerOrigin().equals(ledgerOrigin)) {
            throw new IllegalArgumentException("authorisation: for ledger " + ledgerOrigin + " expected, got "
                    + verified.content().getLedgerOrigin());
        }
        state.authorisations.putIfAbsent(verified.payloadSha256(), verified.content());
    }

    /** What the next leaf would break; nothing is changed. The bytes are untrusted. */
    public List<Finding> judge(byte[] leaf) {
        return decode(leaf).map(this::judge).orElseGet(this::malformed);
    }

    /** Takes the next leaf. The bytes are untrusted. */
    public List<Finding> append(byte[] leaf) {
        Optional<LedgerLeaf> decoded = decode(leaf);
        List<Finding> found = decoded.map(this::judge).orElseGet(this::malformed);
        if (decoded.isPresent()) {
            if (Verdict.hasEffect(found)) {
                apply(decoded.get(), state.size);
            }
            state.lastRecordedAtMillis =
                    Math.max(state.lastRecordedAtMillis, decoded.get().getRecordedAtUnixMillis());
        }
        findings.addAll(found);
        state.size++;
        return found;
    }

    /** Leaves taken. */
    public long size() {
        return state.size;
    }

    /** Everything found so far, ascending by leaf. */
    public List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    public Optional<UnitHistory> unit(String serial) {
        return Optional.ofNullable(state.units.get(serial));
    }

    /** Units born, in the order of their births. */
    public Collection<UnitHistory> units() {
        return Collections.unmodifiableCollection(state.units.values());
    }

    public Totals totals() {
        return Totals.of(state);
    }

    private List<Finding> judge(LedgerLeaf leaf) {
        Verdict verdict = new Verdict(state.size, leaf.getSerial());
        verdict.require(
                Shape.isId(leaf.getSerial()) && Shape.isId(leaf.getActorId()),
                Rule.MALFORMED_LEAF,
                "a serial and an actor of up to 64 characters expected");
        verdict.require(
                leaf.getRecordedAtUnixMillis() >= state.lastRecordedAtMillis,
                Rule.TIME_BACKWARD,
                "recorded %d ms before the leaf ahead of it",
                state.lastRecordedAtMillis - leaf.getRecordedAtUnixMillis());
        switch (leaf.getEventCase()) {
            case BORN:
                births.judgeBorn(leaf, verdict);
                break;
            case VOIDED:
                births.judgeVoided(leaf, verdict);
                break;
            case SCRAPPED:
                services.judgeScrapped(leaf, verdict);
                break;
            case REWORKED:
                services.judgeReworked(leaf, verdict);
                break;
            case FLIGHT_OPENED:
                flights.judgeOpened(leaf, verdict);
                break;
            case FLIGHT_CLOSED:
                flights.judgeClosed(leaf, verdict);
                break;
            case ACCEPTED:
                flights.judgeAccepted(leaf, verdict);
                break;
            case TRANSFER:
                transfers.judge(leaf, verdict);
                break;
            case EVENT_NOT_SET:
                verdict.require(false, Rule.MALFORMED_LEAF, "an event known to this version expected");
                break;
        }
        return verdict.findings();
    }

    private void apply(LedgerLeaf leaf, long index) {
        switch (leaf.getEventCase()) {
            case BORN:
                births.applyBorn(leaf, index);
                break;
            case VOIDED:
                births.applyVoided(leaf);
                break;
            case SCRAPPED:
                services.applyScrapped(leaf);
                break;
            case REWORKED:
                services.applyReworked(leaf);
                break;
            case FLIGHT_OPENED:
                flights.applyOpened(leaf, index);
                break;
            case FLIGHT_CLOSED:
                flights.applyClosed(leaf, index);
                break;
            case ACCEPTED:
                flights.applyAccepted(leaf, index);
                break;
            case TRANSFER:
                transfers.apply(leaf, index);
                break;
            case EVENT_NOT_SET:
                break;
        }
    }

    private List<Finding> malformed() {
        return List.of(new Finding(Rule.MALFORMED_LEAF, state.size, "", "not a LedgerLeaf of at most 4,096 bytes"));
    }

    private static Optional<LedgerLeaf> decode(byte[] untrusted) {
        if (untrusted.length > Shape.MAX_LEAF_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LedgerLeaf.parseFrom(untrusted));
        } catch (InvalidProtocolBufferException hostile) {
            return Optional.empty();
        }
    }
}
