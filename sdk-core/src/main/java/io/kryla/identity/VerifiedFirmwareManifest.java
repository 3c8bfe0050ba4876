package io.kryla.identity;

import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;

/**
 * A firmware release that enough distinct license keys signed.
 *
 * @param content design, version, release number and image hash are there
 * @param payloadSha256 of the manifest's exact bytes
 * @param envelope as received
 */
public record VerifiedFirmwareManifest(FirmwareManifest content, Digest payloadSha256, Envelope envelope) {
    private static final int LONGEST_VERSION = 64;

    /** Verifies an untrusted manifest; the license's design and firmware floor are compared by the caller. */
    public static DocumentResult<VerifiedFirmwareManifest> open(TrustedBundle bundle, Envelope untrusted) {
        return ThresholdDocument.open(
                bundle,
                untrusted,
                PayloadType.FIRMWARE_MANIFEST,
                FirmwareManifest.parser(),
                (content, payloadSha256) -> isSound(content)
                        ? new DocumentResult.Verified<>(new VerifiedFirmwareManifest(content, payloadSha256, untrusted))
                        : new DocumentResult.Rejected<>(
                                DocumentRejection.MALFORMED, "the firmware manifest is incomplete"));
    }

    public Digest imageSha256() {
        return Digest.of(content.getImageSha256().toByteArray());
    }

    private static boolean isSound(FirmwareManifest manifest) {
        return !manifest.getDesignOid().isEmpty()
                && !manifest.getVersion().isEmpty()
                && manifest.getVersion().length() <= LONGEST_VERSION
                && manifest.getReleaseNumber() >= 1
                && manifest.getImageSha256().size() == Digest.LENGTH
                && manifest.getImageSizeBytes() >= 0
                && manifest.getParametersList().stream()
                        .allMatch(parameter -> !parameter.getName().isEmpty() && Double.isFinite(parameter.getValue()));
    }
}
