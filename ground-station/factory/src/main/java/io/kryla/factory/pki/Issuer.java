package io.kryla.factory.pki;

import io.kryla.identity.CertificateChain;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.keys.bouncycastle.SignerContentSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** An authority's certificate together with the port to its key: signs certificates and revocation lists. */
final class Issuer {
    /** RFC 5280 §4.1.2.2 allows 20 octets of a positive integer: 159 random bits. */
    private static final int CERTIFICATE_SERIAL_BITS = 159;

    private final CertificateChain chain;
    private final Signer signer;
    private final SecureRandom random;

    Issuer(CertificateChain chain, Signer signer, SecureRandom random) {
        requireCaKey(signer.key());
        if (!VerificationKey.of(certificateOf(chain).getPublicKey()).equals(signer.key())) {
            throw new IllegalArgumentException("signer: its key is not the one in the certificate of "
                    + certificateOf(chain).getSubjectX500Principal());
        }
        this.chain = chain;
        this.signer = signer;
        this.random = random;
    }

    CertificateChain chain() {
        return chain;
    }

    X509Certificate certificate() {
        return certificateOf(chain);
    }

    /** The chain of a certificate that this authority issued. */
    CertificateChain chainOf(X509Certificate issued) {
        List<X509Certificate> certificates = new ArrayList<>();
        certificates.add(issued);
        certificates.addAll(chain.certificates());
        return new CertificateChain(certificates);
    }

    X509Certificate issue(X500Name subject, VerificationKey key, Instant notBefore, Instant notAfter, Profile profile) {
        Instant issuersEnd = certificate().getNotAfter().toInstant();
        if (profile.endsWithIssuer() && notAfter.isAfter(issuersEnd)) {
            throw new IllegalArgumentException(
                    "notAfter: not after the issuer's " + issuersEnd + " expected, got " + notAfter);
        }
        return sign(signer, random, subjectOf(certificate()), subject, key, notBefore, notAfter, profile);
    }

    static X509Certificate selfSign(
            Signer signer, SecureRandom random, X500Name name, Instant notBefore, Instant notAfter, Profile profile) {
        requireCaKey(signer.key());
        return sign(signer, random, name, name, signer.key(), notBefore, notAfter, profile);
    }

    /** A complete list (no delta) of what this authority revoked. */
    X509CRL revocationList(long number, Instant thisUpdate, Instant nextUpdate, Collection<Revocation> revocations) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(subjectOf(certificate()), Date.from(thisUpdate));
        builder.setNextUpdate(Date.from(nextUpdate));
        for (Revocation revocation : revocations) {
            builder.addCRLEntry(
                    revocation.certificateSerial(),
                    Date.from(revocation.revokedAt()),
                    revocation.reason().code());
        }
        try {
            builder.addExtension(Extension.authorityKeyIdentifier, false, keyIdentifierOf(signer.key()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            byte[] der = builder.build(SignerContentSigner.of(signer)).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("the revocation list of " + certificate().getSubjectX500Principal(), e);
        }
    }

    boolean hasIssued(X509Certificate certificate) {
        try {
            certificate.verify(certificate().getPublicKey());
            return certificate.getIssuerX500Principal().equals(certificate().getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** @see RevocationLists#nextRevocationList */
    X509CRL nextRevocationList(X509CRL previous, Instant thisUpdate, Instant nextUpdate, Collection<Revocation> added) {
        try {
            previous.verify(certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "previous: a list of " + certificate().getSubjectX500Principal() + " expected, got one of "
                            + previous.getIssuerX500Principal(),
                    e);
        }
        if (previous.getThisUpdate().toInstant().isAfter(thisUpdate)) {
            throw new IllegalArgumentException("thisUpdate: not before the previous list's "
                    + previous.getThisUpdate().toInstant() + " expected, got " + thisUpdate);
        }
        Map<BigInteger, Revocation> all = new LinkedHashMap<>();
        if (previous.getRevokedCertificates() != null) {
            for (X509CRLEntry entry : previous.getRevokedCertificates()) {
                all.put(entry.getSerialNumber(), Revocation.of(entry));
            }
        }
        added.forEach(revocation -> all.putIfAbsent(revocation.certificateSerial(), revocation));
        return revocationList(number(previous) + 1, thisUpdate, nextUpdate, all.values());
    }

    private static long number(X509CRL crl) {
        byte[] value = crl.getExtensionValue(Extension.cRLNumber.getId());
        return value == null
                ? 0
                : CRLNumber.getInstance(ASN1OctetString.getInstance(value).getOctets())
                        .getCRLNumber()
                        .longValueExact();
    }

    private static X509Certificate sign(
            Signer signer,
            SecureRandom random,
            X500Name issuer,
            X500Name subject,
            VerificationKey key,
            Instant notBefore,
            Instant notAfter,
            Profile profile) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                certificateSerial(random),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                SubjectPublicKeyInfo.getInstance(key.spki()));
        try {
            builder.addExtension(Extension.authorityKeyIdentifier, false, keyIdentifierOf(signer.key()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key)));
            profile.addExtensions(builder);
            byte[] der = builder.build(SignerContentSigner.of(signer)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("a certificate for " + subject, e);
        }
    }

    private static BigInteger certificateSerial(SecureRandom random) {
        BigInteger serial = new BigInteger(CERTIFICATE_SERIAL_BITS, random);
        return serial.signum() == 0 ? certificateSerial(random) : serial;
    }

    /** RFC 7093 §2 method 1: the leftmost 160 bits of the SHA-256 of the key. */
    private static byte[] keyIdentifier(VerificationKey key) {
        byte[] bits =
                SubjectPublicKeyInfo.getInstance(key.spki()).getPublicKeyData().getOctets();
        return java.util.Arrays.copyOf(io.kryla.keys.Digest.sha256(bits).bytes(), 20);
    }

    private static AuthorityKeyIdentifier keyIdentifierOf(VerificationKey key) {
        return new AuthorityKeyIdentifier(keyIdentifier(key));
    }

    private static X509Certificate certificateOf(CertificateChain chain) {
        return chain.certificates().get(0);
    }

    /** The name exactly as encoded in the certificate, so that issuer and subject are equal byte for byte. */
    private static X500Name subjectOf(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    static void requireCaKey(VerificationKey key) {
        if (key.algorithm() != SignatureAlgorithm.ECDSA_P384_SHA384) {
            throw new IllegalArgumentException("key: an authority has a P-384 key, got " + key.algorithm());
        }
    }

    /** The extensions of one kind of certificate, beside the two key identifiers which all have. */
    interface Profile {
        void addExtensions(X509v3CertificateBuilder builder) throws CertIOException;

        /** Whether validity must end no later than the issuer's; an IDevID has no end (IEEE 802.1AR §8.7). */
        default boolean endsWithIssuer() {
            return true;
        }
    }
}
