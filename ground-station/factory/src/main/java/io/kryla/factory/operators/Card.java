package io.kryla.factory.operators;

import io.kryla.identity.Role;
import io.kryla.keys.VerificationKey;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A badge as a line knows it; times in whole seconds.
 *
 * @param id what ledger and records hold: 1 to 64 letters, digits, dots, hyphens
 * @param personId 32 lower-case hexadecimal digits, the same on every card of a person
 * @param key the badge's, P-256
 * @param roles one or more of an operator's; one at a time is signed on with
 * @param registeredAt when the line took it in
 * @param notAfter no sign-on after that
 * @param revokedAt when it was taken back
 * @param certificates issued against it that have not run out: end of validity by serial
 */
public record Card(
        String id,
        String personId,
        VerificationKey key,
        Set<Role> roles,
        Instant registeredAt,
        Instant notAfter,
        Optional<Instant> revokedAt,
        Map<BigInteger, Instant> certificates) {
    private static final String ID = "[A-Za-z0-9.-]{1,64}";
    private static final String PERSON_ID = "[0-9a-f]{32}";

    public Card {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("id: 1 to 64 letters, digits, dots, hyphens expected, got " + id);
        }
        if (!isPersonId(personId)) {
            throw new IllegalArgumentException("personId: 32 lower-case hexadecimal digits expected, got " + personId);
        }
        if (roles.isEmpty() || !roles.stream().allMatch(Role::isOperator)) {
            throw new IllegalArgumentException("roles: one or more of " + Role.operators() + " expected, got " + roles);
        }
        registeredAt = registeredAt.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        revokedAt = revokedAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS));
        roles = Set.copyOf(roles);
        certificates = Map.copyOf(certificates);
    }

    public static boolean isId(String text) {
        return text.matches(ID);
    }

    public static boolean isPersonId(String text) {
        return text.matches(PERSON_ID);
    }

    /** A card that was never signed on with. */
    public static Card fresh(
            String id, String personId, VerificationKey key, Set<Role> roles, Instant registeredAt, Instant notAfter) {
        return new Card(id, personId, key, roles, registeredAt, notAfter, Optional.empty(), Map.of());
    }

    public boolean isRevoked() {
        return revokedAt.isPresent();
    }

    /** In the order of their numbers. */
    public List<Role> sortedRoles() {
        return List.copyOf(EnumSet.copyOf(roles));
    }

    Card revoked(Instant at) {
        return new Card(id, personId, key, roles, registeredAt, notAfter, Optional.of(at), certificates);
    }

    /** With one more certificate; those that have run out are forgotten. */
    Card certified(BigInteger serial, Instant end, Instant now) {
        Map<BigInteger, Instant> kept = new TreeMap<>(certificates);
        kept.values().removeIf(now::isAfter);
        kept.put(serial, end);
        return new Card(id, personId, key, roles, registeredAt, notAfter, revokedAt, kept);
    }
}
