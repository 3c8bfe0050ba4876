package io.kryla.ground.line;

import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.fleet.GroundStationBuilder;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.Envelope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** A licensor's line, and grounds of the operations CA that owns what it builds. */
public final class TestLine {
    public static final InstantSource CLOCK = InstantSource.fixed(TestLicensor.NOW);

    public final TestLedger ledger;
    final TestLicensor licensor = new TestLicensor();
    private final TrustedBundle bundle = licensor.bundle();

    public TestLine() {
        ledger = new TestLedger(licensor);
    }

    public X509Certificate rootCertificate() {
        return licensor.root().certificate();
    }

    public Envelope bundleEnvelope() {
        return bundle.envelope();
    }

    public TrustedBundle bundle() {
        return bundle;
    }

    public List<X509CRL> crls(X509Certificate... revoked) {
        return licensor.crls(revoked).crls();
    }

    /** What a line CA without scruples would sign. */
    public CertificateChain issue(CertificateDraft draft, VerificationKey key) {
        return licensor.lineCa().issue(draft, key);
    }

    public TlsIdentity ground() {
        return licensor.ground("ground-1");
    }

    public TlsIdentity station() {
        return licensor.station("station-1");
    }

    /** A ground station at a free port of the loopback interface. */
    public GroundStationBuilder groundStation() {
        List<X509CRL> lists = crls();
        return GroundStation.builder()
                .identity(ground())
                .trust(bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> lists)
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(CLOCK);
    }
}
