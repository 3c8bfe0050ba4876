package io.kryla.station.founding;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RevocationLists;
import io.kryla.factory.pki.RootCa;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.LedgerTrust;
import io.kryla.v1.License;
import io.kryla.v1.NamedKey;
import io.kryla.v1.Parameter;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.Royalty;
import io.kryla.v1.RoyaltyEvent;
import io.kryla.v1.TrustBundle;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Founds the licensor, its lines and the other parties, in the order in which each needs the one before, and writes
 * every document and every key to where the layout says.
 */
public final class Founding {
    private static final Duration LICENSE_VALIDITY = Duration.ofDays(365);
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final WorldPlan plan;
    private final PublicFolder publicFolder;
    private final PrivateFolder privateFolder;
    private final BenchKeys keys;
    private final SecureRandom random;
    private final Instant now;
    private final PartyName licensor = PartyName.of(WorldPlan.LICENSOR_COUNTRY, "Demo licensor");

    private Founding(
            WorldPlan plan,
            PublicFolder publicFolder,
            PrivateFolder privateFolder,
            BenchKeys keys,
            SecureRandom random,
            Instant now) {
        this.plan = plan;
        this.publicFolder = publicFolder;
        this.privateFolder = privateFolder;
        this.keys = keys;
        this.random = random;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Founds everything in two empty folders. */
    public static void found(
            WorldPlan plan, PublicFolder publicFolder, PrivateFolder privateFolder, SecureRandom random, Instant now) {
        privateFolder.create();
        BenchKeys keys = BenchKeys.of(privateFolder, random);
        new Founding(plan, publicFolder, privateFolder, keys, random, now).run();
    }

    private void run() {
        Signer rootKey = keys.make(privateFolder.licensorKey("root"), SignatureAlgorithm.ECDSA_P384_SHA384);
        RootCa root = RootCa.create(licensor, rootKey, now, random);
        DocumentFiles.write(
                publicFolder.rootCertificate(),
                Certificates.toPem(root.certificate()).getBytes(StandardCharsets.US_ASCII));
        Signer designKey = keys.make(privateFolder.licensorKey("design-ca"), SignatureAlgorithm.ECDSA_P384_SHA384);
        DesignCa design = DesignCa.open(root.issueDesignCa(licensor, "KX-1", designKey.key(), now), designKey, random);
        publishCrl("root", root);
        publish("design", design, design.chain());

        PartyFounding parties = new PartyFounding(privateFolder, keys, design, random, now);
        List<FoundedLine> lines = new ArrayList<>();
        for (LineSite site : plan.lines()) {
            FoundedLine line = parties.foundLine(site);
            publish(site.line() + "-line", line.lineCa(), line.lineCa().chain());
            publish(
                    site.line() + "-operations",
                    line.operationsCa(),
                    line.operationsCa().chain());
            DocumentFiles.write(publicFolder.stationChain(site.line()), line.stationChain());
            lines.add(line);
        }
        OperationsCa endUser = parties.foundEndUser();
        publish(WorldPlan.END_USER + "-operations", endUser, endUser.chain());
        parties.foundCentre();

        List<Signer> licenseKeys = new ArrayList<>();
        for (int i = 1; i <= WorldPlan.LICENSE_KEYS; i++) {
            licenseKeys.add(keys.make(privateFolder.licensorKey("license-" + i), SignatureAlgorithm.ED25519));
        }
        TrustedBundle bundle = LicensorDesk.issueBundle(bundle(root, licenseKeys, lines), root.certificate(), rootKey);
        DocumentFiles.write(publicFolder.trustBundle(), bundle.envelope());
        sign(LicensorDesk.of(bundle), licenseKeys, lines);
    }

    private TrustBundle bundle(RootCa root, List<Signer> licenseKeys, List<FoundedLine> lines) {
        TrustBundle.Builder bundle = TrustBundle.newBuilder()
                .setRevision(1)
                .setIssuedAtUnixSeconds(now.getEpochSecond())
                .setRootCertificateSha256(ByteString.copyFrom(
                        Certificates.sha256(root.certificate()).bytes()))
                .setLicenseThreshold(WorldPlan.LICENSE_THRESHOLD)
                .setWitnessQuorum(1)
                .setPolicyOids(PolicyOids.newBuilder()
                        .setGroundRole(WorldPlan.GROUND_ROLE)
                        .setStationRole(WorldPlan.STATION_ROLE)
                        .setOperatorRole(WorldPlan.OPERATOR_ROLE))
                .setMakerCode(WorldPlan.MAKER_CODE)
                .setMakerCodeAssigned(false);
        for (int i = 0; i < licenseKeys.size(); i++) {
            bundle.addLicenseKeys(named("license-card-" + (i + 1), licenseKeys.get(i)));
        }
        bundle.addWitnesses(named(
                WorldPlan.WITNESS_NAME, keys.make(privateFolder.licensorKey("witness"), SignatureAlgorithm.ED25519)));
        bundle.addExportOfficers(named(
                WorldPlan.EXPORT_OFFICER,
                keys.make(privateFolder.licensorKey(WorldPlan.EXPORT_OFFICER), SignatureAlgorithm.ECDSA_P256_SHA256)));
        bundle.addExportCentres(named(
                WorldPlan.CENTRE,
                keys.read(privateFolder.party(WorldPlan.CENTRE).key("owner"))));
        for (FoundedLine line : lines) {
            bundle.addLedgers(LedgerTrust.newBuilder()
                    .setOrigin(line.site().ledgerOrigin())
                    .setLine(line.site().line())
                    .setKey(line.ledgerKey().key().toProto()));
        }
        return bundle.build();
    }

    /** Licenses and the firmware release, each by two of the three license keys. */
    private void sign(LicensorDesk desk, List<Signer> licenseKeys, List<FoundedLine> lines) {
        for (FoundedLine line : lines) {
            var proposal = desk.proposeLicense(license(line), licenseKeys.get(0));
            var license = desk.issueLicense(desk.approve(proposal, licenseKeys.get(1)));
            DocumentFiles.write(publicFolder.license(line.site().line()), license.envelope());
        }
        byte[] image = DemoFirmware.image();
        DocumentFiles.write(privateFolder.firmwareImage(), image);
        FirmwareManifest manifest = FirmwareManifest.newBuilder()
                .setDesignOid(WorldPlan.DESIGN_OID)
                .setVersion(DemoFirmware.VERSION)
                .setReleaseNumber(1)
                .setImageSha256(ByteString.copyFrom(DemoFirmware.sha256().bytes()))
                .setImageSizeBytes(image.length)
                .setBuiltAtUnixSeconds(now.getEpochSecond())
                .addParameters(
                        Parameter.newBuilder().setName("battery.low_ratio").setValue(0.15))
                .addParameters(
                        Parameter.newBuilder().setName("return.height_meters").setValue(10))
                .build();
        var release = desk.issueFirmware(
                desk.approve(desk.proposeFirmware(manifest, licenseKeys.get(1)), licenseKeys.get(2)));
        DocumentFiles.write(publicFolder.firmwareManifest(), release.envelope());
    }

    private License license(FoundedLine line) {
        LineSite site = line.site();
        return License.newBuilder()
                .setPolicyOid(site.licenseOid())
                .setRevision(1)
                .setDesignOid(WorldPlan.DESIGN_OID)
                .setLine(site.line())
                .setLedgerOrigin(site.ledgerOrigin())
                .setLineCaKeySha256(
                        ByteString.copyFrom(line.lineCaKey().spkiSha256().bytes()))
                .setQuota(site.quota())
                .setSerialPrefix(site.serialPrefix())
                .setNotBeforeUnixSeconds(now.getEpochSecond())
                .setNotAfterUnixSeconds(now.plus(LICENSE_VALIDITY).getEpochSecond())
                .addTerritories(site.country())
                .setFirmwareFloor(1)
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN)
                .setRoyalty(Royalty.newBuilder()
                        .setEvent(RoyaltyEvent.ROYALTY_EVENT_ACCEPTED)
                        .setAmountMinorUnits(250_000)
                        .setCurrency("EUR"))
                .build();
    }

    /** An authority's certificate beside its list, so that whoever audits can tell whose list it is. */
    private void publish(String name, RevocationLists authority, CertificateChain chain) {
        DocumentFiles.write(
                publicFolder.authority(name), Certificates.toPem(chain.leaf()).getBytes(StandardCharsets.US_ASCII));
        publishCrl(name, authority);
    }

    private void publishCrl(String issuer, RevocationLists authority) {
        DocumentFiles.write(
                publicFolder.crl(issuer),
                Certificates.toDer(authority.emptyRevocationList(1, now, now.plus(CRL_VALIDITY))));
    }

    private static NamedKey named(String holder, Signer key) {
        return NamedKey.newBuilder()
                .setHolderId(holder)
                .setKey(key.key().toProto())
                .build();
    }
}
