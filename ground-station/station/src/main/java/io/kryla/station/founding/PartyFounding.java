package io.kryla.station.founding;

import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Founds the parties that the design CA certifies: lines, and whoever flies what they built. */
final class PartyFounding {
    private static final List<String> ROLES = WorldPlan.operationsRoles();

    private final PrivateFolder folder;
    private final BenchKeys keys;
    private final DesignCa design;
    private final SecureRandom random;
    private final Instant now;

    PartyFounding(PrivateFolder folder, BenchKeys keys, DesignCa design, SecureRandom random, Instant now) {
        this.folder = folder;
        this.keys = keys;
        this.design = design;
        this.random = random;
        this.now = now;
    }

    /** A line: its CA, its operations CA, and what those certify. */
    FoundedLine foundLine(LineSite site) {
        PrivateFolder.LineFiles files = folder.line(site.line());
        PartyName name = PartyName.ofLine(site.country(), site.organisation(), site.line());
        Signer lineCaKey = keys.make(files.key("line-ca"), SignatureAlgorithm.ECDSA_P384_SHA384);
        CertificateChain lineCaChain = design.issueLineCa(name, lineCaKey.key(), List.of(site.licenseOid()), now);
        DocumentFiles.write(files.chain("line-ca"), lineCaChain);

        Signer operationsKey = keys.make(files.key("operations-ca"), SignatureAlgorithm.ECDSA_P384_SHA384);
        CertificateChain operationsChain = design.issueOperationsCa(name, operationsKey.key(), ROLES, now);
        DocumentFiles.write(files.chain("operations-ca"), operationsChain);
        OperationsCa operations = OperationsCa.open(operationsChain, name, operationsKey, random);

        Signer stationKey = keys.make(files.key("station"), SignatureAlgorithm.ECDSA_P256_SHA256);
        CertificateChain station =
                operations.issueStation(stationKey.key(), "station-" + site.line(), WorldPlan.STATION_ROLE, now);
        DocumentFiles.write(files.chain("station"), station);
        Signer groundKey = keys.make(files.key("ground"), SignatureAlgorithm.ECDSA_P256_SHA256);
        DocumentFiles.write(
                files.chain("ground"),
                operations.issueGround(groundKey.key(), "ground-" + site.line(), WorldPlan.GROUND_ROLE, now));
        Signer ledgerKey = keys.make(files.key("ledger"), SignatureAlgorithm.ED25519);
        return new FoundedLine(
                site,
                LineCa.open(lineCaChain, name, lineCaKey, random),
                lineCaKey.key(),
                operations,
                station,
                ledgerKey);
    }

    /** An export centre owns units for a while and flies none. */
    void foundCentre() {
        keys.make(folder.party(WorldPlan.CENTRE).key("owner"), SignatureAlgorithm.ECDSA_P256_SHA256);
    }

    /** The end user: a key to own with, and an operations CA for its ground stations. */
    OperationsCa foundEndUser() {
        PrivateFolder.PartyFiles files = folder.party(WorldPlan.END_USER);
        keys.make(files.key("owner"), SignatureAlgorithm.ECDSA_P256_SHA256);
        PartyName name = PartyName.of(WorldPlan.LICENSOR_COUNTRY, "Demo end user");
        Signer operationsKey = keys.make(files.key("operations-ca"), SignatureAlgorithm.ECDSA_P384_SHA384);
        CertificateChain chain =
                design.issueOperationsCa(name, operationsKey.key(), List.of(WorldPlan.GROUND_ROLE), now);
        DocumentFiles.write(files.chain("operations-ca"), chain);
        OperationsCa operations = OperationsCa.open(chain, name, operationsKey, random);
        Signer groundKey = keys.make(files.key("ground"), SignatureAlgorithm.ECDSA_P256_SHA256);
        DocumentFiles.write(
                files.chain("ground"),
                operations.issueGround(groundKey.key(), "ground-" + WorldPlan.END_USER, WorldPlan.GROUND_ROLE, now));
        return operations;
    }
}
