package io.kryla.factory.testline;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RootCa;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import io.kryla.v1.LedgerTrust;
import io.kryla.v1.License;
import io.kryla.v1.NamedKey;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.Royalty;
import io.kryla.v1.RoyaltyEvent;
import io.kryla.v1.TrustBundle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A licensor with one design, the lines DE-01 and GB-01, a witness, an export officer and a centre; all keys fresh. */
public final class TestLicensor {
    public static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    public static final String DESIGN_OID = "1.3.6.1.4.1.32473.1.1";
    public static final String LICENSE_OID = "1.3.6.1.4.1.32473.2.1";
    public static final String FOREIGN_LICENSE_OID = "1.3.6.1.4.1.32473.2.2";
    public static final String GROUND_OID = "1.3.6.1.4.1.32473.3.1";
    public static final String STATION_OID = "1.3.6.1.4.1.32473.3.2";
    public static final String OPERATOR_OID = "1.3.6.1.4.1.32473.3.3";
    public static final String ORIGIN = "kryla.example/ledger/DE-01";
    public static final String FOREIGN_ORIGIN = "kryla.example/ledger/GB-01";
    public static final String WITNESS = "kryla.example/witness";
    public static final String SECOND_WITNESS = "kryla.example/second-witness";
    public static final String CENTRE = "centre-1";
    public static final PartyName LINE = PartyName.ofLine("DE", "Lizenz GmbH", "DE-01");

    public final SecureRandom random = new SecureRandom();
    public final Signer rootKey = p384();
    public final Signer designKey = p384();
    public final Signer lineKey = p384();
    public final Signer operationsKey = p384();
    public final List<Signer> licenseKeys = List.of(ed25519(), ed25519(), ed25519());
    public final SoftwareSigner ledgerKey = ed25519();
    public final Signer foreignLedgerKey = ed25519();
    public final SoftwareSigner witnessKey = ed25519();
    public final SoftwareSigner secondWitnessKey = ed25519();
    public final Signer officerKey = ed25519();
    public final Signer centreKey = ed25519();

    public final RootCa root = RootCa.create(PartyName.of("CH", "Licensor"), rootKey, START, random);
    public final CertificateChain designChain =
            root.issueDesignCa(PartyName.of("CH", "Licensor"), "K1", designKey.key(), START);
    public final DesignCa designCa = DesignCa.open(designChain, designKey, random);
    public final LineCa lineCa =
            LineCa.open(designCa.issueLineCa(LINE, lineKey.key(), List.of(LICENSE_OID), START), LINE, lineKey, random);
    public final OperationsCa operationsCa = OperationsCa.open(
            designCa.issueOperationsCa(LINE, operationsKey.key(), operationsRoles(), START),
            LINE,
            operationsKey,
            random);
    public final TrustedBundle bundle;
    public final LicensorDesk desk;

    /** One witness is enough. */
    public TestLicensor() {
        this(1);
    }

    /** So many of the two witnesses have to cosign. */
    public TestLicensor(int quorum) {
        bundle = LicensorDesk.issueBundle(bundleContent(quorum), root.certificate(), rootKey);
        desk = LicensorDesk.of(bundle);
    }

    public Signer p384() {
        return SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
    }

    public Signer p256() {
        return SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random);
    }

    public SoftwareSigner ed25519() {
        return SoftwareSigner.generate(SignatureAlgorithm.ED25519, random);
    }

    public LicensedLine line() {
        return new LicensedLine("DE-01", ORIGIN, lineKey.key().spkiSha256());
    }

    /** Revision 1 of the line's license, a year long, DESIGN at least, 1,500.00 EUR a birth. */
    public License.Builder licenseFor(int quota) {
        return License.newBuilder()
                .setPolicyOid(LICENSE_OID)
                .setRevision(1)
                .setDesignOid(DESIGN_OID)
                .setLine("DE-01")
                .setLedgerOrigin(ORIGIN)
                .setLineCaKeySha256(
                        ByteString.copyFrom(lineKey.key().spkiSha256().bytes()))
                .setQuota(quota)
                .setSerialPrefix("KRY08DE1")
                .setNotBeforeUnixSeconds(START.getEpochSecond())
                .setNotAfterUnixSeconds(START.plus(Duration.ofDays(365)).getEpochSecond())
                .addTerritories("DE")
                .setFirmwareFloor(1)
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN)
                .setRoyalty(Royalty.newBuilder()
                        .setEvent(RoyaltyEvent.ROYALTY_EVENT_BORN)
                        .setAmountMinorUnits(150_000)
                        .setCurrency("EUR"));
    }

    /** Signed by two persons. */
    public Envelope sign(License license) {
        return desk.approve(desk.proposeLicense(license, licenseKeys.get(0)), licenseKeys.get(1));
    }

    public VerifiedLicense issue(License license) {
        return desk.issueLicense(sign(license));
    }

    public Envelope exportAuthorisation(int quantity) {
        ExportAuthorisation content = ExportAuthorisation.newBuilder()
                .setAuthorisationId("EA-" + quantity)
                .setOfficerId("officer-1")
                .setLedgerOrigin(ORIGIN)
                .setCentreId(CENTRE)
                .setDestination("NO")
                .setQuantity(quantity)
                .setNotAfterUnixSeconds(START.plus(Duration.ofDays(200)).getEpochSecond())
                .setAuthorityDocument("authority document 17/2026")
                .setEndUserCertificate("EUC 4")
                .build();
        return DsseSigner.sign(PayloadType.EXPORT_AUTHORISATION, content.toByteArray(), officerKey);
    }

    private TrustBundle bundleContent(int quorum) {
        TrustBundle.Builder content = TrustBundle.newBuilder()
                .setRevision(1)
                .setIssuedAtUnixSeconds(START.getEpochSecond())
                .setRootCertificateSha256(ByteString.copyFrom(
                        Certificates.sha256(root.certificate()).bytes()))
                .setLicenseThreshold(2)
                .addWitnesses(named(WITNESS, witnessKey))
                .addWitnesses(named(SECOND_WITNESS, secondWitnessKey))
                .setWitnessQuorum(quorum)
                .addExportOfficers(named("officer-1", officerKey))
                .addExportCentres(named(CENTRE, centreKey))
                .addLedgers(ledger(ORIGIN, "DE-01", ledgerKey))
                .addLedgers(ledger(FOREIGN_ORIGIN, "GB-01", foreignLedgerKey))
                .setPolicyOids(PolicyOids.newBuilder()
                        .setGroundRole(GROUND_OID)
                        .setStationRole(STATION_OID)
                        .setOperatorRole(OPERATOR_OID))
                .setMakerCode("KRY0");
        for (int i = 0; i < licenseKeys.size(); i++) {
            content.addLicenseKeys(named("license-card-" + (i + 1), licenseKeys.get(i)));
        }
        return content.build();
    }

    private static List<String> operationsRoles() {
        return Stream.concat(
                        Stream.of(GROUND_OID, STATION_OID),
                        Role.operators().stream().map(role -> role.policyUnder(OPERATOR_OID)))
                .toList();
    }

    private static NamedKey named(String id, Signer key) {
        return NamedKey.newBuilder().setHolderId(id).setKey(key.key().toProto()).build();
    }

    private static LedgerTrust ledger(String origin, String line, Signer key) {
        return LedgerTrust.newBuilder()
                .setOrigin(origin)
                .setLine(line)
                .setKey(key.key().toProto())
                .build();
    }
}
