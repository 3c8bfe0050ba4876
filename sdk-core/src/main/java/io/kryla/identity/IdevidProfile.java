package io.kryla.identity;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * An airframe's IDevID: C, O, OU = line, serialNumber; its one alternative name is the hardwareModuleName (RFC 4108 §5)
 * with the design as type and the subject's serial.
 */
final class IdevidProfile implements LeafProfile {
    @Override
    public boolean isOfALine() {
        return true;
    }

    @Override
    public Set<String> extensions() {
        return Set.of(AuthorityProfile.SUBJECT_ALTERNATIVE_NAME);
    }

    @Override
    public Outcome check(X509Certificate leaf) {
        SubjectName subject = SubjectName.of(leaf);
        Optional<String> serial = subject.serialNumber();
        Optional<String> organisation = subject.organisation();
        Optional<String> line = subject.unit();
        if (!subject.consistsOf(BCStyle.C, BCStyle.O, BCStyle.OU, BCStyle.SERIALNUMBER)
                || serial.isEmpty()
                || organisation.isEmpty()
                || line.isEmpty()) {
            return Outcome.rejected(PathRejection.NAME, "subject C, O, OU and serialNumber expected");
        }
        Optional<HardwareModuleName> module = HardwareModuleName.onlyNameOf(leaf);
        if (module.isEmpty()) {
            return Outcome.rejected(
                    PathRejection.NAME, "one alternative name expected, a hardwareModuleName, not critical");
        }
        if (!module.get().serial().equals(serial.get())) {
            return Outcome.rejected(PathRejection.SERIAL_MISMATCH, "the hardware module's serial is not the subject's");
        }
        return Outcome.named(new Holder(
                serial.get(), organisation.get(), line, Optional.of(module.get().type()), Optional.empty()));
    }
}
