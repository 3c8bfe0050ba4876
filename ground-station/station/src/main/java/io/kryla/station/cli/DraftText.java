package io.kryla.station.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.License;
import io.kryla.v1.LicensorOrder;
import io.kryla.v1.LineRequest;
import io.kryla.v1.NamedKey;
import io.kryla.v1.PublicKey;
import io.kryla.v1.TrustBundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a draft says, every field of it, for the person who is about to sign it. */
final class DraftText {
    private DraftText() {}

    static List<String> of(Envelope draft) {
        List<String> lines = new ArrayList<>();
        try {
            String type = draft.getPayloadType();
            if (type.equals(PayloadType.LICENSE)) {
                license(License.parseFrom(draft.getPayload()), lines);
            } else if (type.equals(PayloadType.FIRMWARE_MANIFEST)) {
                firmware(FirmwareManifest.parseFrom(draft.getPayload()), lines);
            } else if (type.equals(PayloadType.LICENSOR_ORDER)) {
                order(LicensorOrder.parseFrom(draft.getPayload()), lines);
            } else {
                throw unreadable();
            }
        } catch (InvalidProtocolBufferException e) {
            throw unreadable();
        }
        lines.add("SHA-256 of what is signed: "
                + Digest.sha256(draft.getPayload().toByteArray()).hex());
        return lines.stream().map(DraftText::printable).toList();
    }

    private static CommandFailure unreadable() {
        return CommandFailure.usage("NOT_A_DRAFT", "nothing that can be read", "the draft", "do not sign it");
    }

    private static void license(License license, List<String> lines) {
        lines.add("License " + license.getPolicyOid() + " revision " + license.getRevision() + " for line "
                + license.getLine());
        lines.add("  design " + license.getDesignOid() + ", ledger " + license.getLedgerOrigin());
        lines.add("  line CA key " + hex(license.getLineCaKeySha256().toByteArray()));
        lines.add("  quota " + Integer.toUnsignedString(license.getQuota()) + " in all, serials "
                + license.getSerialPrefix() + "…");
        lines.add(
                "  from " + time(license.getNotBeforeUnixSeconds()) + " to " + time(license.getNotAfterUnixSeconds()));
        lines.add("  territories " + String.join(" ", license.getTerritoriesList()) + ", firmware release "
                + license.getFirmwareFloor() + " or later, acceptance "
                + word(license.getMinimumAcceptanceLevel().name(), "ACCEPTANCE_LEVEL_") + " or better");
        lines.add("  royalty " + license.getRoyalty().getAmountMinorUnits() + " minor units "
                + license.getRoyalty().getCurrency() + " a unit "
                + word(license.getRoyalty().getEvent().name(), "ROYALTY_EVENT_"));
        lines.add("  follows "
                + (license.getPreviousSha256().isEmpty()
                        ? "nothing: the first revision"
                        : hex(license.getPreviousSha256().toByteArray())));
    }

    private static void firmware(FirmwareManifest manifest, List<String> lines) {
        lines.add("Firmware " + manifest.getVersion() + ", release " + manifest.getReleaseNumber() + " of design "
                + manifest.getDesignOid());
        lines.add("  image " + hex(manifest.getImageSha256().toByteArray()) + ", " + manifest.getImageSizeBytes()
                + " bytes, built " + time(manifest.getBuiltAtUnixSeconds()));
        manifest.getParametersList()
                .forEach(parameter -> lines.add("  parameter " + parameter.getName() + " = " + parameter.getValue()));
    }

    private static void order(LicensorOrder order, List<String> lines) throws InvalidProtocolBufferException {
        lines.add("Order under trust bundle revision " + order.getBundleRevision());
        switch (order.getOrderCase()) {
            case BUNDLE:
                bundle(order.getBundle(), lines);
                break;
            case ADMIT_LINE:
                line(LineRequest.parseFrom(order.getAdmitLine().getRequest().getPayload()), lines);
                lines.add("  its CA may issue under "
                        + String.join(" ", order.getAdmitLine().getLicensePolicyOidsList()));
                break;
            case REVOKE_CERTIFICATE:
                lines.add("  revoke "
                        + Certificates.fromDer(order.getRevokeCertificate()
                                        .getCertificate()
                                        .toByteArray())
                                .map(certificate -> certificate.getSubjectX500Principal() + ", serial "
                                        + certificate.getSerialNumber().toString(16))
                                .orElse("something that is no certificate"));
                lines.add("  because of "
                        + word(order.getRevokeCertificate().getReason().name(), "CERTIFICATE_REVOCATION_REASON_"));
                break;
            default:
                throw unreadable();
        }
    }

    private static void line(LineRequest request, List<String> lines) {
        lines.add("  admit line " + request.getLine() + " of " + request.getOrganisation() + ", " + request.getCountry()
                + ", ledger " + request.getLedgerOrigin());
        lines.add("  line CA key " + key(request.getLineCaKey()));
        lines.add("  operations CA key " + key(request.getOperationsCaKey()));
        lines.add("  ledger key " + key(request.getLedgerKey()));
    }

    private static void bundle(TrustBundle bundle, List<String> lines) {
        lines.add("  trust bundle revision " + bundle.getRevision() + " of "
                + time(bundle.getIssuedAtUnixSeconds()) + ", maker code " + bundle.getMakerCode()
                + (bundle.getMakerCodeAssigned() ? "" : " (not assigned)"));
        lines.add("  root " + hex(bundle.getRootCertificateSha256().toByteArray()) + ", follows "
                + hex(bundle.getPreviousSha256().toByteArray()));
        lines.add("  " + bundle.getLicenseThreshold() + " of the license keys:");
        named(bundle.getLicenseKeysList(), lines);
        lines.add("  " + bundle.getWitnessQuorum() + " of the witnesses:");
        named(bundle.getWitnessesList(), lines);
        lines.add("  export officers:");
        named(bundle.getExportOfficersList(), lines);
        lines.add("  export centres:");
        named(bundle.getExportCentresList(), lines);
        lines.add("  ledgers:");
        bundle.getLedgersList()
                .forEach(ledger ->
                        lines.add("    " + ledger.getLine() + " " + ledger.getOrigin() + " " + key(ledger.getKey())));
        lines.add("  roles: ground " + bundle.getPolicyOids().getGroundRole() + ", station "
                + bundle.getPolicyOids().getStationRole() + ", operators under "
                + bundle.getPolicyOids().getOperatorRole());
    }

    private static void named(List<NamedKey> keys, List<String> lines) {
        keys.forEach(named -> lines.add("    " + named.getHolderId() + " " + key(named.getKey())));
    }

    private static String key(PublicKey untrusted) {
        return VerificationKey.fromProto(untrusted)
                .map(VerificationKey::toString)
                .orElse("no key");
    }

    private static String word(String name, String prefix) {
        return name.replace(prefix, "").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "nothing" : java.util.HexFormat.of().formatHex(bytes);
    }

    private static String time(long unixSeconds) {
        return unixSeconds < 0 || unixSeconds > 253_402_300_799L
                ? "a time beyond any calendar"
                : Instant.ofEpochSecond(unixSeconds).toString();
    }

    /** A draft comes from elsewhere: no control characters of it reach a terminal. */
    private static String printable(String line) {
        return line.replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
