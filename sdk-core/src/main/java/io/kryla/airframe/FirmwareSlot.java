package io.kryla.airframe;

import io.kryla.keys.Digest;
import io.kryla.v1.FirmwareManifest;

/** The firmware that runs, and the way to replace it. */
public interface FirmwareSlot {
    /** Read back from the slot, not remembered from an installation. */
    Digest imageSha256();

    String version();

    /** Installs the image that a verified manifest names; the slot gets the image itself from its programmer. */
    void install(FirmwareManifest verifiedManifest);
}
