package io.kryla.identity;

import io.kryla.v1.OperatorRole;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the holder of an operations certificate may be; each is a certificate policy. The trust bundle names the policies of
 * grounds and stations, and one arc for operators, under which each of their roles has a number (protocol.md §3.7).
 */
public enum Role {
    /** A ground station that receives telemetry and commands airframes. */
    GROUND,
    /** A production station that provisions and signs records. */
    STATION,
    /** A person who builds, calibrates and labels airframes. */
    TECHNICIAN(OperatorRole.OPERATOR_ROLE_TECHNICIAN),
    /** A person who flies acceptance flights. */
    TESTER(OperatorRole.OPERATOR_ROLE_TESTER),
    /** A person who decides about rework, board swaps and test plans. */
    ENGINEER(OperatorRole.OPERATOR_ROLE_ENGINEER),
    /** A person who holds, releases, voids and scraps. */
    QUALITY(OperatorRole.OPERATOR_ROLE_QUALITY),
    /** A person who hands airframes over to whom an export authorisation names. */
    EXPORT_OFFICER(OperatorRole.OPERATOR_ROLE_EXPORT_OFFICER);

    private static final Set<Role> OPERATORS = EnumSet.range(TECHNICIAN, EXPORT_OFFICER);

    private final OperatorRole operatorRole;

    Role() {
        this(OperatorRole.OPERATOR_ROLE_UNSPECIFIED);
    }

    Role(OperatorRole operatorRole) {
        this.operatorRole = operatorRole;
    }

    /** The roles that a person holds, by card. */
    public static Set<Role> operators() {
        return EnumSet.copyOf(OPERATORS);
    }

    /** Empty for what is unspecified or unknown. */
    public static Optional<Role> fromProto(OperatorRole untrusted) {
        return OPERATORS.stream().filter(role -> role.operatorRole == untrusted).findFirst();
    }

    /** Whether a person holds it, by card. */
    public boolean isOperator() {
        return OPERATORS.contains(this);
    }

    /** The id in {@code kryla.v1}; unspecified for a ground and a station. */
    public OperatorRole toProto() {
        return operatorRole;
    }

    /**
     * Policy of an operator's role.
     *
     * @param operatorArc the trust bundle's {@code operator_role}
     */
    public String policyUnder(String operatorArc) {
        if (!isOperator()) {
            throw new IllegalArgumentException("role: one of " + OPERATORS + " expected, got " + this);
        }
        return operatorArc + "." + operatorRole.getNumber();
    }

    /** Whether the certificate carries extended key usage serverAuth. */
    boolean servesTls() {
        return !isOperator();
    }
}
