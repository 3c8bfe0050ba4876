package io.kryla.factory.units;

import com.google.protobuf.ByteString;
import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.StatementResult;
import io.kryla.factory.operators.TwoPersons;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Reworked;
import io.kryla.v1.Scrapped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Does what people decide about single units. Nothing is done without their statements, which are kept with the unit; what
 * is refused has changed nothing. Safe for any thread.
 */
public final class UnitDesk {
    private static final String REASON = "[A-Z][A-Z0-9_]{0,63}";

    private final LineLedger ledger;
    private final BadgeDesk badges;

    public UnitDesk(LineLedger ledger, BadgeDesk badges) {
        this.ledger = ledger;
        this.badges = badges;
    }

    /**
     * What a statement is about beyond unit and step: the reason. Its SHA-256 is the statement's subject.
     *
     * @throws IllegalArgumentException for anything but 1 to 64 of A-Z, 0-9 and underscores
     */
    public static Digest subject(String reason) {
        if (!reason.matches(REASON)) {
            throw new IllegalArgumentException("reason: a code such as FRAME_BROKEN expected, got " + reason);
        }
        return Digest.sha256(reason.getBytes(StandardCharsets.US_ASCII));
    }

    /** A signed statement, and the challenge that was given for it. */
    public record Signed(Envelope statement, byte[] challenge) {}

    /**
     * Does it.
     *
     * @param reason stable code, see {@link #subject}
     * @param approval by another person, where the act needs one
     */
    public UnitActResult act(UnitAct act, String serial, String reason, Signed by, Optional<Signed> approval) {
        StatementResult judged = badges.judge(by.statement(), act.roles(), serial, act.step(), by.challenge());
        if (judged instanceof StatementResult.Rejected rejected) {
            return new UnitActResult.Refused(rejected.code(), rejected.reason());
        }
        StatementResult.Verified statement = (StatementResult.Verified) judged;
        if (!isAbout(statement, reason)) {
            return new UnitActResult.Refused("WRONG_STEP", "a statement with the reason " + reason + " expected");
        }
        Optional<StatementResult.Verified> second = Optional.empty();
        if (act.needsTwoPersons()) {
            if (approval.isEmpty()) {
                return new UnitActResult.Refused("THRESHOLD", act.step() + " needs a second person's approval");
            }
            StatementResult other = badges.judge(
                    approval.get().statement(),
                    act.roles(),
                    serial,
                    act.step(),
                    approval.get().challenge());
            if (other instanceof StatementResult.Rejected rejected) {
                return new UnitActResult.Refused(rejected.code(), rejected.reason());
            }
            second = Optional.of((StatementResult.Verified) other);
            Optional<StatementResult.Rejected> notTwo = TwoPersons.check(statement, second.get());
            if (notTwo.isPresent()) {
                return new UnitActResult.Refused(
                        notTwo.get().code(), notTwo.get().reason());
            }
        }
        return perform(act, serial, reason, statement, second);
    }

    private static boolean isAbout(StatementResult.Verified statement, String reason) {
        return subject(reason).matches(statement.content().getSubjectSha256().toByteArray());
    }

    private UnitActResult perform(
            UnitAct act,
            String serial,
            String reason,
            StatementResult.Verified statement,
            Optional<StatementResult.Verified> approval) {
        String card = statement.operator().cardId();
        Map<String, byte[]> documents = documents(serial, act, statement, approval);
        return switch (act) {
            case QUARANTINE -> advanced(ledger.quarantine(serial, card, reason, documents));
            case RELEASE -> advanced(ledger.release(serial, card, reason, documents));
            case REWORK ->
                appended(ledger.append(
                        LedgerLeaf.newBuilder()
                                .setActorId(card)
                                .setSerial(serial)
                                .setReworked(Reworked.newBuilder()
                                        .setRevision(ledger.reworks(serial) + 1)
                                        .setReason(reason)
                                        .setStatementSha256(payloadSha256(statement)))
                                .build(),
                        documents));
            case SCRAP ->
                appended(ledger.append(
                        LedgerLeaf.newBuilder()
                                .setActorId(card)
                                .setSerial(serial)
                                .setScrapped(Scrapped.newBuilder()
                                        .setReason(reason)
                                        .setActSha256(payloadSha256(statement))
                                        .setApprovalSha256(payloadSha256(approval.orElseThrow())))
                                .build(),
                        documents));
            case VOID -> voided(serial, card, reason, documents);
        };
    }

    private UnitActResult voided(String serial, String card, String reason, Map<String, byte[]> documents) {
        List<Digest> certificates = UnitDocuments.idevidChain(ledger, serial)
                .map(chain -> List.of(Certificates.sha256(chain.leaf())))
                .orElse(List.of());
        UnitActResult result = appended(ledger.voidUnit(serial, card, reason, certificates));
        if (result instanceof UnitActResult.Done) {
            ledger.journal(serial, card, UnitAct.VOID.step(), reason, documents);
        }
        return result;
    }

    private Map<String, byte[]> documents(
            String serial,
            UnitAct act,
            StatementResult.Verified statement,
            Optional<StatementResult.Verified> approval) {
        long number = ledger.documentNames(serial).stream()
                        .filter(name -> name.startsWith("act-"))
                        .count()
                + 1;
        String name = String.format(Locale.ROOT, "act-%03d-%s", number, act.step());
        Map<String, byte[]> documents = new TreeMap<>();
        documents.put(name + ".dsse", statement.envelope().toByteArray());
        approval.ifPresent(second ->
                documents.put(name + "-approval.dsse", second.envelope().toByteArray()));
        return documents;
    }

    private static ByteString payloadSha256(StatementResult.Verified statement) {
        return ByteString.copyFrom(
                Digest.sha256(statement.envelope().getPayload().toByteArray()).bytes());
    }

    private static UnitActResult advanced(AdvanceResult result) {
        if (result instanceof Refused refused) {
            return new UnitActResult.Refused(refused.code(), refused.reason());
        }
        Unit unit = ((AdvanceResult.Advanced) result).unit();
        return new UnitActResult.Done(unit.serial(), unit.state(), OptionalLong.empty());
    }

    private UnitActResult appended(AppendResult result) {
        if (result instanceof Refused refused) {
            return new UnitActResult.Refused(refused.code(), refused.reason());
        }
        var leaf = ((AppendResult.Appended) result).leaf();
        String serial = leaf.content().getSerial();
        UnitState state = ledger.unit(serial).orElseThrow().state();
        return new UnitActResult.Done(serial, state, OptionalLong.of(leaf.index()));
    }
}
