package io.kryla.ground.line;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
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
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A certificate authority for tests, with the profiles of protocol.md §3.2. */
final class CertificateIssuer {
    static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant EXPIRES = Instant.parse("2031-01-01T00:00:00Z");
    static final String DESIGN_OID = "1.3.6.1.4.1.32473.3.1";

    private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");
    private static final String ANY_POLICY = "2.5.29.32.0";
    private static long lastSerial = 0;

    final SoftwareSigner key;
    final X509Certificate certificate;

    private CertificateIssuer(SoftwareSigner key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static CertificateIssuer root(SecureRandom random) throws Exception {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X500Name name = new X500Name("C=DE,O=Licensor,CN=Root");
        return new CertificateIssuer(key, sign(authority(builder(name, name, key.key()), 2), key));
    }

    CertificateIssuer designCa(SecureRandom random) throws Exception {
        SoftwareSigner child = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X509v3CertificateBuilder builder = authority(
                        builder(name(), new X500Name("C=DE,O=Licensor,CN=Design"), child.key()), 1)
                .addExtension(Extension.certificatePolicies, false, policies(ANY_POLICY))
                .addExtension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
        return new CertificateIssuer(child, sign(builder, key));
    }

    /** A line CA, or an operations CA: an issuer of leaves under these policies. */
    CertificateIssuer leafCa(SecureRandom random, String subject, String... policyOids) throws Exception {
        SoftwareSigner child = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        X509v3CertificateBuilder builder = authority(builder(name(), new X500Name(subject), child.key()), 0)
                .addExtension(Extension.certificatePolicies, false, policies(policyOids))
                .addExtension(Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
        return new CertificateIssuer(child, sign(builder, key));
    }

    X509Certificate idevid(String line, String serial, VerificationKey subjectKey, String licenseOid) throws Exception {
        ASN1Encodable module = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(DESIGN_OID),
            new DEROctetString(serial.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        });
        GeneralName name = new GeneralName(
                GeneralName.otherName,
                new DERSequence(new ASN1Encodable[] {HARDWARE_MODULE_NAME, new DERTaggedObject(true, 0, module)}));
        X500Name subject = new X500Name("C=DE,O=Line,OU=" + line + ",SERIALNUMBER=" + serial);
        return sign(
                leaf(subject, subjectKey, licenseOid)
                        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name)),
                key);
    }

    X509Certificate station(String id, VerificationKey subjectKey, String roleOid) throws Exception {
        return sign(
                leaf(new X500Name("C=DE,O=Line,CN=" + id), subjectKey, roleOid)
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                key);
    }

    private X509v3CertificateBuilder leaf(X500Name subject, VerificationKey subjectKey, String policyOid)
            throws Exception {
        return builder(name(), subject, subjectKey)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.certificatePolicies, false, policies(policyOid));
    }

    X509CRL crl(X509Certificate... revoked) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(ISSUED));
        builder.setNextUpdate(Date.from(EXPIRES));
        for (X509Certificate certificate : revoked) {
            builder.addCRLEntry(certificate.getSerialNumber(), Date.from(ISSUED), 0);
        }
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
        byte[] der = builder.build(new RawSigner(key)).getEncoded();
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

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

    private static X509v3CertificateBuilder authority(X509v3CertificateBuilder builder, int pathLength)
            throws Exception {
        return builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static CertificatePolicies policies(String... oids) {
        return new CertificatePolicies(Arrays.stream(oids)
                .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
                .toArray(PolicyInformation[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, SoftwareSigner issuer)
            throws IOException, GeneralSecurityException {
        byte[] der = builder.build(new RawSigner(issuer)).getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
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
                throw new IllegalStateException(e);
            }
        }
    }
}
