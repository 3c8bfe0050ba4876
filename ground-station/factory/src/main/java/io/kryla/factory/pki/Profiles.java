package io.kryla.factory.pki;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** The certificate profiles of protocol.md §3.2, one method each, with the criticality that RFC 5280 asks for. */
final class Profiles {
    /** id-on-hardwareModuleName (RFC 4108 §5). */
    static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    private static final String ANY_POLICY = "2.5.29.32.0";

    private Profiles() {}

    static Issuer.Profile root() {
        return builder -> addAuthority(builder, 2);
    }

    static Issuer.Profile designCa() {
        return builder -> {
            addAuthority(builder, 1);
            addPolicies(builder, List.of(ANY_POLICY));
            builder.addExtension(
                    Extension.policyConstraints, true, new PolicyConstraints(java.math.BigInteger.ZERO, null));
        };
    }

    static Issuer.Profile lineCa(Collection<String> licensePolicyOids, PartyName line) {
        return builder -> {
            addAuthority(builder, 0);
            addPolicies(builder, licensePolicyOids);
            builder.addExtension(Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
            builder.addExtension(Extension.nameConstraints, true, permitted(line.base()));
        };
    }

    static Issuer.Profile operationsCa(Collection<String> rolePolicyOids) {
        return builder -> {
            addAuthority(builder, 0);
            addPolicies(builder, rolePolicyOids);
            builder.addExtension(Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
        };
    }

    static Issuer.Profile idevid(String licensePolicyOid, String designOid, String serial) {
        return new Issuer.Profile() {
            @Override
            public void addExtensions(X509v3CertificateBuilder builder) throws CertIOException {
                addEndEntity(builder, licensePolicyOid, Optional.empty());
                builder.addExtension(Extension.subjectAlternativeName, false, hardwareModuleName(designOid, serial));
            }

            @Override
            public boolean endsWithIssuer() {
                return false;
            }
        };
    }

    static Issuer.Profile role(String rolePolicyOid, Optional<KeyPurposeId> purpose) {
        return builder -> addEndEntity(builder, rolePolicyOid, purpose);
    }

    private static void addAuthority(X509v3CertificateBuilder builder, int pathLength) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static void addEndEntity(X509v3CertificateBuilder builder, String policyOid, Optional<KeyPurposeId> purpose)
            throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        addPolicies(builder, List.of(policyOid));
        if (purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.get()));
        }
    }

    private static void addPolicies(X509v3CertificateBuilder builder, Collection<String> oids) throws CertIOException {
        List<PolicyInformation> policies = new ArrayList<>();
        for (String oid : oids) {
            policies.add(new PolicyInformation(new ASN1ObjectIdentifier(oid)));
        }
        builder.addExtension(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(policies.toArray(new PolicyInformation[0])));
    }

    private static NameConstraints permitted(X500Name base) {
        return new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.directoryName, base))}, null);
    }

    private static GeneralNames hardwareModuleName(String designOid, String serial) {
        ASN1Encodable module = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(designOid),
            new DEROctetString(serial.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        });
        ASN1EncodableVector otherName = new ASN1EncodableVector();
        otherName.add(HARDWARE_MODULE_NAME);
        otherName.add(new DERTaggedObject(true, 0, module));
        return new GeneralNames(new GeneralName(GeneralName.otherName, new DERSequence(otherName)));
    }
}
