package io.kryla.factory.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.Role;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import io.kryla.v1.OperatorRole;
import io.kryla.v1.RegisteredBadge;
import io.kryla.v1.ShiftCertificate;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The badges of one line: which card is whose, and what its holder may do. Immutable; each change is a new register. Holds
 * no name of a person, and stays at the line.
 */
public final class BadgeRegister {
    private static final int MOST_BADGES = 10_000;
    private static final int LONGEST_CERTIFICATE_SERIAL = 20;

    private final String line;
    private final long revision;
    private final Map<String, Card> cards;

    private BadgeRegister(String line, long revision, Map<String, Card> cards) {
        this.line = line;
        this.revision = revision;
        this.cards = cards;
    }

    public static BadgeRegister empty(String line) {
        return new BadgeRegister(line, 0, Map.of());
    }

    /** Verifies an untrusted register: signed by a station of this line. */
    public static DocumentResult<BadgeRegister> open(
            Envelope untrusted, String line, TrustedBundle bundle, CrlSet crls, Instant at) {
        CertifiedResult signed = CertifiedEnvelopeVerifier.of(bundle, Role.STATION, crls)
                .ofLine(line)
                .verify(untrusted, PayloadType.BADGE_REGISTER, at);
        if (signed instanceof CertifiedResult.Rejected rejected) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.UNKNOWN_SIGNER, rejected.code() + ", " + rejected.reason());
        }
        try {
            return new DocumentResult.Verified<>(
                    read(io.kryla.v1.BadgeRegister.parseFrom(((CertifiedResult.Verified) signed).payload()), line));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return new DocumentResult.Rejected<>(
                    DocumentRejection.MALFORMED, "the badge register of line " + line + " contradicts itself");
        }
    }

    /** The register in an envelope, one revision on. */
    public Envelope sign(TlsIdentity station, Instant at) {
        io.kryla.v1.BadgeRegister.Builder content = io.kryla.v1.BadgeRegister.newBuilder()
                .setLine(line)
                .setRevision(revision + 1)
                .setChangedAtUnixSeconds(at.getEpochSecond());
        cards.values().forEach(card -> content.addBadges(write(card)));
        return CertifiedEnvelope.sign(
                PayloadType.BADGE_REGISTER, content.build().toByteArray(), station);
    }

    public String line() {
        return line;
    }

    /** Zero for a register that was never signed. */
    public long revision() {
        return revision;
    }

    /** In the order in which they were registered, revoked ones too. */
    public Collection<Card> cards() {
        return cards.values();
    }

    public Optional<Card> card(String id) {
        return Optional.ofNullable(cards.get(id));
    }

    /** The card that holds this key. */
    public Optional<Card> cardOf(VerificationKey key) {
        return cards.values().stream().filter(card -> card.key().equals(key)).findFirst();
    }

    /** Whether a card was ever registered for that person. */
    public boolean knowsPerson(String personId) {
        return cards.values().stream().anyMatch(card -> card.personId().equals(personId));
    }

    /** @throws IllegalArgumentException if the card's id (in any case) or its key is registered already */
    public BadgeRegister with(Card card) {
        for (Card known : cards.values()) {
            if (known.id().equalsIgnoreCase(card.id()) || known.key().equals(card.key())) {
                throw new IllegalArgumentException("card: a new id and a new key expected, got " + card.id());
            }
        }
        return replaced(card);
    }

    /** The register with that card changed. */
    BadgeRegister replaced(Card card) {
        Map<String, Card> changed = new LinkedHashMap<>(cards);
        changed.put(card.id(), card);
        if (changed.size() > MOST_BADGES) {
            throw new IllegalArgumentException("card: at most " + MOST_BADGES + " at a line");
        }
        return new BadgeRegister(line, revision, changed);
    }

    private static BadgeRegister read(io.kryla.v1.BadgeRegister content, String line) {
        if (!content.getLine().equals(line) || content.getRevision() < 1) {
            throw new IllegalArgumentException("line: " + line + " expected, got " + content.getLine());
        }
        BadgeRegister register = new BadgeRegister(line, content.getRevision(), Map.of());
        for (RegisteredBadge badge : content.getBadgesList()) {
            register = register.with(read(badge));
        }
        return register;
    }

    private static Card read(RegisteredBadge badge) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (OperatorRole role : badge.getRolesList()) {
            roles.add(Role.fromProto(role).orElseThrow(() -> new IllegalArgumentException("role: " + role)));
        }
        Map<BigInteger, Instant> certificates = new HashMap<>();
        for (ShiftCertificate certificate : badge.getCertificatesList()) {
            if (certificate.getCertificateSerial().size() > LONGEST_CERTIFICATE_SERIAL) {
                throw new IllegalArgumentException("certificate serial: too long");
            }
            certificates.put(
                    new BigInteger(1, certificate.getCertificateSerial().toByteArray()),
                    instant(certificate.getNotAfterUnixSeconds()));
        }
        long revoked = badge.getRevokedAtUnixSeconds();
        return new Card(
                badge.getCardId(),
                badge.getPersonId(),
                VerificationKey.fromProto(badge.getBadgeKey())
                        .orElseThrow(() -> new IllegalArgumentException("badge key: not a key")),
                roles,
                instant(badge.getRegisteredAtUnixSeconds()),
                instant(badge.getNotAfterUnixSeconds()),
                revoked == 0 ? Optional.empty() : Optional.of(instant(revoked)),
                certificates);
    }

    private static Instant instant(long unixSeconds) {
        if (unixSeconds < 0 || unixSeconds > 253_402_300_799L) {
            throw new IllegalArgumentException("unix seconds: up to the year 9999 expected, got " + unixSeconds);
        }
        return Instant.ofEpochSecond(unixSeconds);
    }

    private static RegisteredBadge write(Card card) {
        List<ShiftCertificate> certificates = new ArrayList<>();
        card.certificates()
                .forEach((serial, end) -> certificates.add(ShiftCertificate.newBuilder()
                        .setCertificateSerial(ByteString.copyFrom(serial.toByteArray()))
                        .setNotAfterUnixSeconds(end.getEpochSecond())
                        .build()));
        RegisteredBadge.Builder badge = RegisteredBadge.newBuilder()
                .setCardId(card.id())
                .setPersonId(card.personId())
                .setBadgeKey(card.key().toProto())
                .setRegisteredAtUnixSeconds(card.registeredAt().getEpochSecond())
                .setNotAfterUnixSeconds(card.notAfter().getEpochSecond())
                .setRevokedAtUnixSeconds(
                        card.revokedAt().map(Instant::getEpochSecond).orElse(0L))
                .addAllCertificates(certificates);
        card.sortedRoles().forEach(role -> badge.addRoles(role.toProto()));
        return badge.build();
    }
}
