package io.kryla.factory.operators;

import io.kryla.identity.Holder;
import io.kryla.identity.Role;

/**
 * Who signed, as the certificate says it.
 *
 * @param cardId what ledger and records hold
 * @param personId the same on every card of a person; tells two persons apart, and says no more
 * @param role the one that the certificate is for
 */
public record Operator(String cardId, String personId, Role role) {
    static Operator of(Holder holder, Role role) {
        return new Operator(
                holder.id(),
                holder.personId()
                        .orElseThrow(
                                () -> new IllegalArgumentException("holder: an operator's expected, got " + holder)),
                role);
    }

    /** Whether both are one person, with one card or two. */
    public boolean isSamePersonAs(Operator other) {
        return personId.equalsIgnoreCase(other.personId) || cardId.equalsIgnoreCase(other.cardId);
    }
}
