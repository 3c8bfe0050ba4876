package io.kryla.ground.line;

import com.google.protobuf.ByteString;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.fleet.GroundStationBuilder;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerTrust;
import io.kryla.v1.NamedKey;
import io.kryla.v1.PolicyOids;
import io.kryla.v1.TrustBundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** A licensor's root and bundle, one line with its ledger, and grounds of the line's operations CA. */
public final class TestLine {
    public static final InstantSource CLOCK = InstantSource.fixed(CertificateIssuer.ISSUED.plusSeconds(86_400));
    static final String GROUND_ROLE = "1.3.6.1.4.1.32473.1.1";
    static final String STATION_ROLE = "1.3.6.1.4.1.32473.1.2";
    static final String OPERATOR_ROLE = "1.3.6.1.4.1.32473.1.3";
    static final String LICENSE = "1.3.6.1.4.1.32473.2.1";

    public final TestLedger ledger;
    final SecureRandom random = new SecureRandom();
    final CertificateIssuer root;
    final CertificateIssuer design;
    final CertificateIssuer lineCa;
    final CertificateIssuer operations;
    private final Envelope bundle;

    public TestLine() throws Exception {
        ledger = new TestLedger(random);
        root = CertificateIssuer.root(random);
        design = root.designCa(random);
        lineCa = design.leafCa(random, "C=DE,O=Line,OU=DE-01,CN=Line CA", LICENSE);
        operations = design.leafCa(random, "C=DE,O=Line,CN=Operations", GROUND_ROLE, STATION_ROLE, OPERATOR_ROLE);
        bundle = makeBundle();
    }

    public X509Certificate rootCertificate() {
        return root.certificate;
    }

    public Envelope bundleEnvelope() {
        return bundle;
    }

    public TrustedBundle bundle() {
        return ((DocumentResult.Verified<TrustedBundle>)
                        TrustedBundle.open(root.certificate, bundle, OptionalLong.empty()))
                .document();
    }

    public List<X509CRL> crls(X509Certificate... revokedByLine) throws Exception {
        return List.of(root.crl(), design.crl(), lineCa.crl(revokedByLine), operations.crl());
    }

    public TlsIdentity ground() throws Exception {
        return station("ground-1", GROUND_ROLE);
    }

    public TlsIdentity station() throws Exception {
        return station("station-1", STATION_ROLE);
    }

    private TlsIdentity station(String id, String roleOid) throws Exception {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random);
        return new TlsIdentity(key, chain(operations.station(id, key.key(), roleOid), operations));
    }

    CertificateChain chain(X509Certificate leaf, CertificateIssuer issuer) {
        return new CertificateChain(List.of(leaf, issuer.certificate, design.certificate, root.certificate));
    }

    /** A ground station at a free port of the loopback interface. */
    public GroundStationBuilder groundStation() throws Exception {
        List<X509CRL> lists = crls();
        return GroundStation.builder()
                .identity(ground())
                .trust(bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> lists)
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(CLOCK);
    }

    private Envelope makeBundle() throws Exception {
        TrustBundle content = TrustBundle.newBuilder()
                .setRevision(1)
                .setIssuedAtUnixSeconds(CertificateIssuer.ISSUED.getEpochSecond())
                .setRootCertificateSha256(ByteString.copyFrom(
                        Digest.sha256(root.certificate.getEncoded()).bytes()))
                .addLicenseKeys(namedKey("license-1", SoftwareSigner.generate(SignatureAlgorithm.ED25519, random)))
                .setLicenseThreshold(1)
                .addWitnesses(namedKey(TestLedger.WITNESS, ledger.witnessKey))
                .setWitnessQuorum(1)
                .addLedgers(LedgerTrust.newBuilder()
                        .setOrigin(TestLedger.ORIGIN)
                        .setLine("DE-01")
                        .setKey(ledger.ledgerKey.key().toProto()))
                .setPolicyOids(PolicyOids.newBuilder()
                        .setGroundRole(GROUND_ROLE)
                        .setStationRole(STATION_ROLE)
                        .setOperatorRole(OPERATOR_ROLE))
                .setMakerCode("KRYL")
                .build();
        return DsseSigner.sign(PayloadType.TRUST_BUNDLE, content.toByteArray(), root.key);
    }

    private static NamedKey namedKey(String holder, SoftwareSigner key) {
        return NamedKey.newBuilder()
                .setHolderId(holder)
                .setKey(key.key().toProto())
                .build();
    }
}
