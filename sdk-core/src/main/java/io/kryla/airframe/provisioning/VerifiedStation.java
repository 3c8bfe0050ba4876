package io.kryla.airframe.provisioning;

import io.kryla.identity.CrlSet;
import io.kryla.identity.TrustedBundle;
import java.util.Optional;

/** A station that was verified from the root, with what it was verified by; or why it was not. */
sealed interface VerifiedStation {
    record Trusted(TrustedBundle bundle, CrlSet crls) implements VerifiedStation {}

    record Distrusted(Fault reason) implements VerifiedStation {}

    default Optional<Fault> fault() {
        return this instanceof Distrusted distrusted ? Optional.of(distrusted.reason()) : Optional.empty();
    }
}
