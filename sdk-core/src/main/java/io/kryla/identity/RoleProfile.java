package io.kryla.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * An operations certificate: C, O, OU where there is a line, CN = id of station or card, of an operator then serialNumber = id
 * of the person; no alternative name.
 */
final class RoleProfile implements LeafProfile {
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private final Role role;

    RoleProfile(Role role) {
        this.role = role;
    }

    @Override
    public boolean isOfALine() {
        return false;
    }

    /** An alternative name too, which {@link #check} refuses by its own code. */
    @Override
    public Set<String> extensions() {
        return role.servesTls()
                ? Set.of(AuthorityProfile.EXTENDED_KEY_USAGE, SUBJECT_ALTERNATIVE_NAME)
                : Set.of(SUBJECT_ALTERNATIVE_NAME);
    }

    @Override
    public Outcome check(X509Certificate leaf) {
        SubjectName subject = SubjectName.of(leaf);
        Optional<String> id = subject.commonName();
        Optional<String> organisation = subject.organisation();
        Optional<String> person = subject.serialNumber();
        if (!isShaped(subject) || id.isEmpty() || organisation.isEmpty() || person.isPresent() != role.isOperator()) {
            return Outcome.rejected(
                    PathRejection.NAME,
                    "subject C, O, perhaps OU, CN" + (role.isOperator() ? ", serialNumber" : "") + " expected");
        }
        if (leaf.getExtensionValue(SUBJECT_ALTERNATIVE_NAME) != null) {
            return Outcome.rejected(PathRejection.NAME, "no alternative name expected");
        }
        if (role.servesTls() && !isTlsServer(leaf)) {
            return Outcome.rejected(PathRejection.PATH, "extended key usage serverAuth expected of role " + role);
        }
        return Outcome.named(new Holder(id.get(), organisation.get(), subject.unit(), Optional.empty(), person));
    }

    private boolean isShaped(SubjectName subject) {
        if (role.isOperator()) {
            return subject.consistsOf(BCStyle.C, BCStyle.O, BCStyle.CN, BCStyle.SERIALNUMBER)
                    || (subject.consistsOf(BCStyle.C, BCStyle.O, BCStyle.OU, BCStyle.CN, BCStyle.SERIALNUMBER)
                            && subject.unit().isPresent());
        }
        return subject.consistsOf(BCStyle.C, BCStyle.O, BCStyle.CN)
                || (subject.consistsOf(BCStyle.C, BCStyle.O, BCStyle.OU, BCStyle.CN)
                        && subject.unit().isPresent());
    }

    private static boolean isTlsServer(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes != null && purposes.contains(SERVER_AUTH);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
