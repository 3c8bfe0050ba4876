package io.kryla.station.cli;

import io.kryla.factory.pki.PartyName;
import io.kryla.factory.token.TokenAddress;
import io.kryla.identity.Certificates;
import io.kryla.station.licensor.LicensorHouse;
import io.kryla.station.licensor.LicensorKeys;
import io.kryla.station.licensor.LicensorSettings;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.TrustBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla licensor init}. */
@Command(
        name = "init",
        description = "Found a licensor: root, design CA, the first trust bundle.",
        mixinStandardHelpOptions = true)
final class LicensorInitCommand extends KrylaCommand {
    @Mixin
    private LicensorOptions where = new LicensorOptions();

    @Option(
            names = "--token",
            paramLabel = "URI",
            description = "Make the keys of root and design CA in this token: pkcs11:slot-id=N?module-path=LIBRARY.")
    private @Nullable String token;

    @Option(names = "--country", paramLabel = "CC", required = true, description = "ISO 3166-1 alpha-2.")
    @SuppressWarnings("NullAway.Init") // required
    private String country;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The licensor's organisation.")
    @SuppressWarnings("NullAway.Init") // required
    private String organisation;

    @Option(names = "--design", paramLabel = "NAME", required = true, description = "Name of the design, such as KX-1.")
    @SuppressWarnings("NullAway.Init") // required
    private String design;

    @Option(
            names = "--arc",
            paramLabel = "OID",
            description = "Your arc of object identifiers (default: ${DEFAULT-VALUE}, which is for documentation).")
    private String arc = "1.3.6.1.4.1.32473";

    @Option(names = "--design-oid", paramLabel = "OID", description = "The design's OID (default: ARC.3.1).")
    private @Nullable String designOid;

    @Option(
            names = "--maker-code",
            paramLabel = "CODE",
            required = true,
            description = "ANSI/CTA-2063-A maker code, with which serials begin.")
    @SuppressWarnings("NullAway.Init") // required
    private String makerCode;

    @Option(names = "--maker-code-assigned", description = "The registry has assigned the maker code to you.")
    private boolean makerCodeAssigned;

    @Option(
            names = "--license-key",
            paramLabel = "FILE",
            required = true,
            description = "Public key of a person who signs licenses; once for each.")
    @SuppressWarnings("NullAway.Init") // required
    private List<Path> licenseKeys;

    @Option(names = "--threshold", paramLabel = "N", description = "How many of them sign (default: 2).")
    private int threshold = 2;

    @Option(
            names = "--witness",
            paramLabel = "FILE",
            required = true,
            description = "Public key of a witness; once for each.")
    @SuppressWarnings("NullAway.Init") // required
    private List<Path> witnesses;

    @Option(names = "--quorum", paramLabel = "N", description = "How many witnesses cosign (default: 1).")
    private int quorum = 1;

    @Override
    CommandResult run(FrontDoor door) {
        if (threshold < 2) {
            throw CommandFailure.usage(
                    "THRESHOLD_TOO_LOW",
                    "licenses need two persons at least",
                    "--threshold " + threshold,
                    "give 2 or more, and so many license keys");
        }
        TrustBundle first = TrustBundle.newBuilder()
                .addAllLicenseKeys(NamedKeyFiles.read(licenseKeys))
                .setLicenseThreshold(threshold)
                .addAllWitnesses(NamedKeyFiles.read(witnesses))
                .setWitnessQuorum(quorum)
                .setMakerCode(makerCode)
                .setMakerCodeAssigned(makerCodeAssigned)
                .build();
        LicensorSettings settings = new LicensorSettings(designOid != null ? designOid : arc + ".3.1", arc);
        Optional<TokenAddress> address = Optional.ofNullable(token).map(TokenAddress::parse);
        LicensorHouse house = LicensorHouse.found(
                where.folder(),
                party(),
                design,
                settings,
                first,
                new LicensorKeys(where.keys(door), address),
                door.wallClock(),
                door.random());
        String fingerprint = Certificates.sha256(house.root()).hex();
        List<String> lines = new ArrayList<>();
        lines.add("Root certificate " + house.folder().rootCertificate());
        lines.add("SHA-256 " + fingerprint + ": hand it to lines and auditors in person, or read it out to them");
        if (address.isEmpty()) {
            lines.add(
                    "WARNING: the keys of root and design CA lie in files that only their PIN protects: good for a bench;"
                            + " use --token");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("root_sha256", fingerprint);
        details.put("keys_in_files", address.isEmpty());
        return CommandResult.pass(lines, List.of(house.folder().rootCertificate()), details);
    }

    private PartyName party() {
        try {
            return PartyName.of(country, organisation);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "NAME_MALFORMED", String.valueOf(e.getMessage()), "--country, --name", "correct it");
        }
    }
}
