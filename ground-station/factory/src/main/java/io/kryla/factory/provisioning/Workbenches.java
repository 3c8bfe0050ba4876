package io.kryla.factory.provisioning;

import io.kryla.keys.Digest;
import java.util.Optional;

/** Which bench an airframe lies on. Any thread. */
@FunctionalInterface
public interface Workbenches {
    /** The bench that has started this airframe; empty if none has, which is refused. */
    Optional<Workbench> of(Digest hardwareIdSha256);

    /** One bench for all. */
    static Workbenches single(Workbench workbench) {
        return hardware -> Optional.of(workbench);
    }
}
