package io.kryla.airframe;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A certificate authority for tests, with the profile its place in the tree asks for (protocol.md §3.2). */
public final class TestCa {
    public static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant EXPIRES = Instant.parse("2031-01-01T00:00:00Z");
    private static final String ANY_POLICY = "2.5.29.32.0";

    final SoftwareSigner key;
    final X509Certificate certificate;

    private TestCa(SoftwareSigner key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static TestCa root(SecureRandom random) {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X500Name name = new X500Name("C=DE,O=Licensor,CN=Root");
        X509v3CertificateBuilder builder = builder(name, name, key.key());
        authority(builder, 2);
        return new TestCa(key, sign(builder, key));
    }

    TestCa designCa(SecureRandom random) {
        SoftwareSigner child = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X509v3CertificateBuilder builder = builder(name(), new X500Name("C=DE,O=Licensor,CN=Design"), child.key());
        authority(builder, 1);
        policies(builder, ANY_POLICY);
        add(builder, Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
        return new TestCa(child, sign(builder, key));
    }

    TestCa operationsCa(SecureRandom random, String organisation, String... roleOids) {
        SoftwareSigner child = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X509v3CertificateBuilder builder =
                builder(name(), new X500Name("C=DE,O=" + organisation + ",CN=Operations"), child.key());
        authority(builder, 0);
        policies(builder, roleOids);
        add(builder, Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
        return new TestCa(child, sign(builder, key));
    }

    X509Certificate leaf(String subject, VerificationKey leafKey, String policyOid, boolean server) {
        X509v3CertificateBuilder builder = builder(name(), new X500Name(subject), leafKey);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        policies(builder, policyOid);
        if (server) {
            add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        }
        return sign(builder, key);
    }

    X509CRL crl(BigInteger... revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(ISSUED));
        builder.setNextUpdate(Date.from(EXPIRES));
        for (BigInteger serial : revoked) {
            builder.addCRLEntry(serial, Date.from(ISSUED), 0);
        }
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
            byte[] der = builder.build(new RawSigner(key)).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static int lastSerial = 0;

    private static synchronized X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, VerificationKey key) {
        lastSerial++;
        return new X509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(lastSerial),
                Date.from(ISSUED),
                Date.from(EXPIRES),
                subject,
                SubjectPublicKeyInfo.getInstance(key.spki()));
    }

    private static void authority(X509v3CertificateBuilder builder, int pathLength) {
        add(builder, Extension.basicConstraints, true, new BasicConstraints(pathLength));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static void policies(X509v3CertificateBuilder builder, String... oids) {
        PolicyInformation[] policies = Arrays.stream(oids)
                .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
                .toArray(PolicyInformation[]::new);
        add(builder, Extension.certificatePolicies, false, new CertificatePolicies(policies));
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(oid, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, SoftwareSigner issuer) {
        try {
            byte[] der = builder.build(new RawSigner(issuer)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** X.509 carries ECDSA signatures as DER; ours are r and s. */
    private static final class RawSigner implements ContentSigner {
        private final SoftwareSigner signer;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        RawSigner(SoftwareSigner signer) {
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            byte[] raw = signer.sign(content.toByteArray()).bytes();
            int half = raw.length / 2;
            try {
                return new DERSequence(new ASN1Encodable[] {
                            new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, half))),
                            new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)))
                        })
                        .getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
