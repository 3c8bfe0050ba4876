package io.kryla.station.cli;

import com.google.protobuf.ByteString;
import io.kryla.factory.licensor.Draft;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.licensor.LicensorHouse;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.CertificateRevocationReason;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.NamedKey;
import io.kryla.v1.Parameter;
import io.kryla.v1.RevokeCertificate;
import io.kryla.v1.TrustBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that draft what the holders of license keys sign; the license itself is {@link LicensorLicenseCommand}. */
final class LicensorDraftCommands {
    private LicensorDraftCommands() {}

    /** Writes a draft where nothing lies yet. */
    static CommandResult written(Path out, Envelope draft, LicensorHouse house) {
        if (Files.exists(out)) {
            throw CommandFailure.usage("FILE_EXISTS", "already there", out.toString(), "choose another --out");
        }
        DocumentFiles.write(out, draft);
        List<String> lines = new ArrayList<>(DraftText.of(draft));
        lines.add("Needs " + house.bundle().licenseThreshold() + " signatures: kryla licensor sign " + out);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("payload_type", draft.getPayloadType());
        details.put(
                "payload_sha256",
                Digest.sha256(draft.getPayload().toByteArray()).hex());
        details.put("signatures_needed", house.bundle().licenseThreshold());
        return CommandResult.pass(lines, List.of(out), details);
    }

    /** A draft's file. */
    static final class OutOption {
        @Option(names = "--out", paramLabel = "FILE", required = true, description = "The draft.")
        @SuppressWarnings("NullAway.Init") // required
        private Path out;

        Path path() {
            return out;
        }
    }

    /** {@code kryla licensor line}. */
    @Command(
            name = "line",
            description =
                    "Draft the admission of a new line: certificates for its CAs, its ledger in the trust bundle.",
            mixinStandardHelpOptions = true)
    static final class LineCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Mixin
        private OutOption out = new OutOption();

        @Parameters(paramLabel = "REQUEST", description = "What 'kryla line init' wrote.")
        @SuppressWarnings("NullAway.Init") // required
        private Path request;

        @Option(
                names = "--license-oid",
                paramLabel = "OID",
                description = "Policy of a license that the line CA may issue under (default: the next in your arc).")
        private @Nullable List<String> licenseOids;

        @Override
        CommandResult run(FrontDoor door) {
            LicensorHouse house = where.open(door);
            List<String> oids = licenseOids != null
                    ? licenseOids
                    : List.of(house.settings().arc() + ".2." + house.nextLicenseNumber());
            return written(out.path(), house.draftLine(DocumentFiles.readEnvelope(request), oids, request), house);
        }
    }

    /** {@code kryla licensor bundle}. */
    @Command(
            name = "bundle",
            description = "Draft the next revision of the trust bundle: witnesses, officers, centres, license keys.",
            mixinStandardHelpOptions = true)
    static final class BundleCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Mixin
        private OutOption out = new OutOption();

        @Option(names = "--add-witness", paramLabel = "FILE", description = "Public key of one more witness.")
        private List<Path> witnesses = List.of();

        @Option(names = "--add-officer", paramLabel = "FILE", description = "Public key of one more export officer.")
        private List<Path> officers = List.of();

        @Option(names = "--add-centre", paramLabel = "FILE", description = "Public key of one more export centre.")
        private List<Path> centres = List.of();

        @Option(names = "--add-license-key", paramLabel = "FILE", description = "Public key of one more signer.")
        private List<Path> licenseKeys = List.of();

        @Option(names = "--remove", paramLabel = "ID", description = "Holder whose key counts no more; once for each.")
        private List<String> removed = List.of();

        @Option(names = "--threshold", paramLabel = "N", description = "How many license keys sign from now on.")
        private @Nullable Integer threshold;

        @Option(names = "--quorum", paramLabel = "N", description = "How many witnesses cosign from now on.")
        private @Nullable Integer quorum;

        @Override
        CommandResult run(FrontDoor door) {
            LicensorHouse house = where.open(door);
            if (threshold != null && threshold < 2) {
                throw CommandFailure.usage(
                        "THRESHOLD_TOO_LOW",
                        "licenses need two persons at least",
                        "--threshold " + threshold,
                        "give 2 or more");
            }
            TrustBundle.Builder next = house.nextBundle();
            for (String id : removed) {
                remove(next, id);
            }
            next.addAllWitnesses(NamedKeyFiles.read(witnesses))
                    .addAllExportOfficers(NamedKeyFiles.read(officers))
                    .addAllExportCentres(NamedKeyFiles.read(centres))
                    .addAllLicenseKeys(NamedKeyFiles.read(licenseKeys));
            if (threshold != null) {
                next.setLicenseThreshold(threshold);
            }
            if (quorum != null) {
                next.setWitnessQuorum(quorum);
            }
            return written(out.path(), house.draftBundle(next.build()), house);
        }

        private static void remove(TrustBundle.Builder next, String id) {
            int before = holders(next);
            List<NamedKey> license = without(next.getLicenseKeysList(), id);
            List<NamedKey> witness = without(next.getWitnessesList(), id);
            List<NamedKey> officer = without(next.getExportOfficersList(), id);
            List<NamedKey> centre = without(next.getExportCentresList(), id);
            next.clearLicenseKeys()
                    .addAllLicenseKeys(license)
                    .clearWitnesses()
                    .addAllWitnesses(witness)
                    .clearExportOfficers()
                    .addAllExportOfficers(officer)
                    .clearExportCentres()
                    .addAllExportCentres(centre);
            if (holders(next) == before) {
                throw CommandFailure.usage(
                        "HOLDER_UNKNOWN", "nobody of that id is in the trust bundle", "--remove " + id, "check the id");
            }
        }

        private static int holders(TrustBundle.Builder bundle) {
            return bundle.getLicenseKeysCount()
                    + bundle.getWitnessesCount()
                    + bundle.getExportOfficersCount()
                    + bundle.getExportCentresCount();
        }

        private static List<NamedKey> without(List<NamedKey> keys, String id) {
            return keys.stream().filter(key -> !key.getHolderId().equals(id)).toList();
        }
    }

    /** {@code kryla licensor firmware}. */
    @Command(
            name = "firmware",
            description = "Draft the manifest of a firmware release.",
            mixinStandardHelpOptions = true)
    static final class FirmwareCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Mixin
        private OutOption out = new OutOption();

        @Option(names = "--image", paramLabel = "FILE", required = true, description = "The image that lines flash.")
        @SuppressWarnings("NullAway.Init") // required
        private Path image;

        @Option(names = "--firmware-version", paramLabel = "TEXT", required = true, description = "Its version.")
        @SuppressWarnings("NullAway.Init") // required
        private String version;

        @Option(names = "--parameter", paramLabel = "NAME=VALUE", description = "Written into each airframe.")
        private Map<String, Double> parameters = Map.of();

        @Override
        CommandResult run(FrontDoor door) {
            LicensorHouse house = where.open(door);
            DocumentFiles.requireFile(image);
            FirmwareManifest.Builder manifest = FirmwareManifest.newBuilder()
                    .setDesignOid(house.settings().designOid())
                    .setVersion(version)
                    .setReleaseNumber(house.firmware()
                                    .map(newest -> newest.content().getReleaseNumber())
                                    .orElse(0L)
                            + 1)
                    .setBuiltAtUnixSeconds(door.wallClock().instant().getEpochSecond());
            try (InputStream in = Files.newInputStream(image)) {
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
                manifest.setImageSizeBytes(digest.transferTo(java.io.OutputStream.nullOutputStream()))
                        .setImageSha256(
                                ByteString.copyFrom(digest.getMessageDigest().digest()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            parameters.forEach((name, value) ->
                    manifest.addParameters(Parameter.newBuilder().setName(name).setValue(value)));
            return written(out.path(), Draft.of(manifest.build()), house);
        }
    }

    /** {@code kryla licensor revoke}. */
    @Command(
            name = "revoke",
            description = "Draft the revocation of a CA's certificate.",
            mixinStandardHelpOptions = true)
    static final class RevokeCommand extends KrylaCommand {
        /** Why. */
        enum Reason {
            COMPROMISE(CertificateRevocationReason.CERTIFICATE_REVOCATION_REASON_CA_COMPROMISE),
            SUPERSEDED(CertificateRevocationReason.CERTIFICATE_REVOCATION_REASON_SUPERSEDED),
            CESSATION(CertificateRevocationReason.CERTIFICATE_REVOCATION_REASON_CESSATION_OF_OPERATION);

            private final CertificateRevocationReason reason;

            Reason(CertificateRevocationReason reason) {
                this.reason = reason;
            }
        }

        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Mixin
        private OutOption out = new OutOption();

        @Parameters(paramLabel = "FILE", description = "The certificate in PEM, its chain behind it or not.")
        @SuppressWarnings("NullAway.Init") // required
        private Path certificate;

        @Option(names = "--reason", paramLabel = "WHY", required = true, description = "${COMPLETION-CANDIDATES}.")
        @SuppressWarnings("NullAway.Init") // required
        private Reason reason;

        @Override
        CommandResult run(FrontDoor door) {
            LicensorHouse house = where.open(door);
            byte[] der = Certificates.toDer(DocumentFiles.readChain(certificate).leaf());
            return written(
                    out.path(),
                    house.draftRevocation(RevokeCertificate.newBuilder()
                            .setCertificate(ByteString.copyFrom(der))
                            .setReason(reason.reason)
                            .build()),
                    house);
        }
    }
}
