package io.kryla.factory.operators;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseResult;
import io.kryla.dsse.DsseVerifier;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.operators.SignOnResult.Refused;
import io.kryla.factory.operators.SignOnResult.SignedOn;
import io.kryla.factory.operators.StatementResult.Rejected;
import io.kryla.factory.operators.StatementResult.Verified;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.BadgeSignOn;
import io.kryla.v1.Envelope;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a line lets people begin to work, and where it judges what they sign: takes badges in and back, certifies a badge
 * for a shift, verifies statements against the register as it stands now. Safe for any thread.
 */
public final class BadgeDesk {
    /** No operator's certificate lives longer. */
    public static final Duration LONGEST_SHIFT = Duration.ofHours(24);
    /** By so much a bench's clock may be behind the line's. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int CHALLENGE_BYTES = 32;
    private static final int PERSON_ID_BYTES = 16;

    private final String line;
    private final OperationsCa authority;
    private final TrustedBundle bundle;
    private final Supplier<CrlSet> crls;
    private final BadgeStore store;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param authority of this line's operators
     * @param crls newest lists, asked for at each statement
     */
    public BadgeDesk(
            String line,
            OperationsCa authority,
            TrustedBundle bundle,
            Supplier<CrlSet> crls,
            BadgeStore store,
            InstantSource clock,
            SecureRandom random) {
        this.line = line;
        this.authority = authority;
        this.bundle = bundle;
        this.crls = crls;
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** A fresh challenge, for one sign-on or one statement. */
    public byte[] challenge() {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    /** An id for a person who had no card here yet. */
    public String newPersonId() {
        byte[] id = new byte[PERSON_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The badges of the line, revoked ones too. */
    public BadgeRegister register() {
        return store.read();
    }

    /**
     * Takes a badge in.
     *
     * @param personId of a person who has a card here already, or {@link #newPersonId}
     * @throws IllegalArgumentException if the card's id or key is registered already
     */
    public Card enrol(String cardId, String personId, VerificationKey badgeKey, Set<Role> roles, Instant notAfter) {
        Card card = Card.fresh(cardId, personId, badgeKey, roles, clock.instant(), notAfter);
        store.change(register -> register.with(card));
        return card;
    }

    /**
     * Takes a badge back: no sign-on and no statement counts from now on. What was signed before stands; certificates that
     * are still valid are given, for a revocation list if the badge is lost.
     */
    public Optional<Card> revoke(String cardId) {
        Instant now = clock.instant();
        return store.change(register -> register.card(cardId)
                        .filter(card -> !card.isRevoked())
                        .map(card -> register.replaced(card.revoked(now)))
                        .orElse(register))
                .card(cardId);
    }

    /**
     * Certifies a badge's key for a shift.
     *
     * @param untrusted as {@link Badge#requestSignOn} makes it
     * @param challenge that this request answers; use each once
     * @param shift up to {@link #LONGEST_SHIFT}; ends with the card's own validity at the latest
     */
    public SignOnResult signOn(Envelope untrusted, byte[] challenge, Duration shift) {
        if (shift.isNegative() || shift.isZero() || shift.compareTo(LONGEST_SHIFT) > 0) {
            throw new IllegalArgumentException("shift: up to 24 hours expected, got " + shift);
        }
        Optional<Card> known = untrusted.getSignaturesCount() == 1
                ? cardByKeyId(untrusted.getSignatures(0).getKeyid())
                : Optional.empty();
        if (known.isEmpty()) {
            return new Refused(Refused.BADGE_UNKNOWN, "no badge of line " + line + " signed the request");
        }
        Card card = known.get();
        DsseResult signed = DsseVerifier.verify(untrusted, PayloadType.BADGE_SIGN_ON, Set.of(card.key()), 1);
        if (signed instanceof DsseResult.Rejected rejected) {
            return new Refused(rejected.code().name(), rejected.reason());
        }
        Instant now = clock.instant();
        BadgeSignOn request;
        try {
            request = BadgeSignOn.parseFrom(((DsseResult.Verified) signed).payload());
        } catch (InvalidProtocolBufferException e) {
            return new Refused(Rejected.MALFORMED, "the payload is no sign-on");
        }
        Optional<Refused> refused = judge(request, card, challenge, now);
        if (refused.isPresent()) {
            return refused.get();
        }
        Role role = Role.fromProto(request.getRole()).orElseThrow();
        return certify(card, role, shift, now);
    }

    private Optional<Refused> judge(BadgeSignOn request, Card card, byte[] challenge, Instant now) {
        if (!request.getLine().equals(line)
                || challenge.length < StatementVerifier.SHORTEST_CHALLENGE
                || !MessageDigest.isEqual(challenge, request.getChallenge().toByteArray())) {
            return Optional.of(
                    new Refused(Refused.CHALLENGE_EXPIRED, "an answer to the challenge of line " + line + " expected"));
        }
        if (card.isRevoked()) {
            return Optional.of(new Refused(
                    Refused.BADGE_REVOKED,
                    "card " + card.id() + " was taken back at "
                            + card.revokedAt().get()));
        }
        if (!now.isBefore(card.notAfter())) {
            return Optional.of(
                    new Refused(Refused.BADGE_EXPIRED, "card " + card.id() + " ended at " + card.notAfter()));
        }
        if (!Role.fromProto(request.getRole()).filter(card.roles()::contains).isPresent()) {
            return Optional.of(new Refused(
                    Refused.ROLE_NOT_HELD,
                    "card " + card.id() + " is for " + card.sortedRoles() + ", got " + request.getRole()));
        }
        return Optional.empty();
    }

    /** The certificate is in the register before anyone has it, so that it can be revoked. */
    private SignOnResult certify(Card card, Role role, Duration shift, Instant now) {
        Instant notBefore = now.minus(CLOCK_SKEW);
        Instant wished = shift.compareTo(LONGEST_SHIFT.minus(CLOCK_SKEW)) > 0 ? notBefore.plus(shift) : now.plus(shift);
        Instant end = wished.isAfter(card.notAfter()) ? card.notAfter() : wished;
        CertificateChain chain = authority.issueOperator(
                card.key(),
                card.id(),
                card.personId(),
                bundle.policyOid(role),
                notBefore,
                Duration.between(notBefore, end));
        BigInteger serial = chain.leaf().getSerialNumber();
        Instant until = chain.leaf().getNotAfter().toInstant();
        BadgeRegister register = store.change(newest -> newest.card(card.id())
                .filter(current -> !current.isRevoked())
                .map(current -> newest.replaced(current.certified(serial, until, now)))
                .orElse(newest));
        boolean recorded = register.card(card.id())
                .filter(current -> current.certificates().containsKey(serial))
                .isPresent();
        return recorded
                ? new SignedOn(new Operator(card.id(), card.personId(), role), chain)
                : new Refused(Refused.BADGE_REVOKED, "card " + card.id() + " was taken back just now");
    }

    /**
     * Judges a statement of an act that goes on now: {@link StatementVerifier}, the challenge, the unit and step that are due,
     * and whether the card still counts.
     *
     * @param roles who may do it
     * @param serial the unit; empty for what concerns no single unit
     * @param challenge that the line gave for this one statement
     */
    public StatementResult judge(Envelope untrusted, Set<Role> roles, String serial, String step, byte[] challenge) {
        StatementResult result =
                StatementVerifier.of(bundle, line, crls.get()).verify(untrusted, roles, clock.instant());
        if (!(result instanceof Verified verified)) {
            return result;
        }
        if (!verified.answers(challenge)) {
            return new Rejected(Rejected.CHALLENGE_EXPIRED, "an answer to the challenge of this step expected");
        }
        if (!verified.content().getSerial().equals(serial)
                || !verified.content().getStep().equals(step)) {
            return new Rejected(
                    Rejected.WRONG_STEP,
                    "step " + step + " of '" + serial + "' expected, got "
                            + verified.content().getStep() + " of '"
                            + verified.content().getSerial() + "'");
        }
        String cardId = verified.operator().cardId();
        boolean counts = store.read()
                .card(cardId)
                .filter(card -> !card.isRevoked()
                        && card.personId().equals(verified.operator().personId()))
                .isPresent();
        return counts
                ? verified
                : new Rejected(Rejected.BADGE_REVOKED, "card " + cardId + " does not count here any more");
    }

    private Optional<Card> cardByKeyId(String keyId) {
        return store.read().cards().stream()
                .filter(card -> card.key().keyId().equals(keyId))
                .findFirst();
    }
}
