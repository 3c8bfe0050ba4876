package io.kryla.airframe.provisioning;

import io.kryla.identity.DocumentResult;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import java.util.Optional;

/** Installs the firmware that a manifest names, if the licensor released it for this design and the license allows it. */
final class FirmwareInstallation {
    private final ProvisioningBoard board;
    private final ReceivedIdentity identity;

    FirmwareInstallation(ProvisioningBoard board, ReceivedIdentity identity) {
        this.board = board;
        this.identity = identity;
    }

    /** What is in the slot afterwards is read back by the caller; an image that is there already is left alone. */
    Optional<Fault> install(Envelope untrustedManifest) {
        var opened = VerifiedFirmwareManifest.open(identity.bundle(), untrustedManifest);
        if (opened instanceof DocumentResult.Rejected<VerifiedFirmwareManifest> rejected) {
            return fault(RefusalCodes.FIRMWARE_MISMATCH, "firmware manifest: " + rejected.reason());
        }
        var manifest = ((DocumentResult.Verified<VerifiedFirmwareManifest>) opened).document();
        FirmwareManifest content = manifest.content();
        if (!content.getDesignOid().equals(board.designOid())) {
            return fault(RefusalCodes.FIRMWARE_MISMATCH, "firmware of design " + content.getDesignOid());
        }
        long floor = identity.license().content().getFirmwareFloor();
        if (content.getReleaseNumber() < floor) {
            return fault(
                    RefusalCodes.FIRMWARE_FLOOR,
                    "release " + content.getReleaseNumber() + ", the license asks for " + floor + " at least");
        }
        if (!board.firmware().imageSha256().equals(manifest.imageSha256())
                || !board.firmware().version().equals(content.getVersion())) {
            board.firmware().install(content);
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(String code, String detail) {
        return Optional.of(new Fault(code, detail));
    }
}
