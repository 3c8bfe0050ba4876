package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestAuthority;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertPolicyId;
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
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/**
 * Every field and extension of every certificate of a good chain, changed one at a time and signed again by the true
 * issuer, as by a CA that errs: refused, or listed here as equivalent with the reason. Over SUN and Bouncy Castle alike.
 * The cases follow the families of NIST PKITS and x509-limbo.
 */
class PathMutantsTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final String SERIAL = "9999400000001";
    private static final Signer UNIT = TestLicensor.p256();
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Map<String, Supplier<CertPathValidator>> IMPLEMENTATIONS =
            Map.of("SUN", PkixPass::platformValidator, "BC", PathMutantsTest::bouncyCastle);
    private static final ASN1ObjectIdentifier OTHER_POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.98");
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.99");

    /** A chain, the keys that signed each of its certificates, and how it is judged. */
    private record Subject(String name, CertificateChain chain, List<Signer> issuers, boolean idevid) {
        PathResult judge(CertificateChain changed, Supplier<CertPathValidator> pkix) {
            PathValidator validator = PathValidator.of(LICENSOR.root().certificate(), pkix);
            return idevid
                    ? validator.validateIdevid(changed, TestLicensor.LICENSE_OID, TestLicensor.NOW, LICENSOR.crls())
                    : validator.validateRole(
                            changed, Role.GROUND, LICENSOR.bundle(), TestLicensor.NOW, LICENSOR.crls());
        }

        boolean isAccepted(List<byte[]> der, Supplier<CertPathValidator> pkix) {
            return CertificateChain.fromDer(der)
                    .map(changed -> judge(changed, pkix))
                    .filter(PathResult.Valid.class::isInstance)
                    .isPresent();
        }
    }

    private static final List<Subject> SUBJECTS = List.of(
            new Subject(
                    "idevid",
                    LICENSOR.idevid(UNIT.key(), SERIAL),
                    issuers(LICENSOR.lineCa(), LICENSOR.designCa(), LICENSOR.root()),
                    true),
            new Subject(
                    "ground",
                    LICENSOR.ground("ground-1").chain(),
                    issuers(LICENSOR.operationsCa(), LICENSOR.designCa(), LICENSOR.root()),
                    false));

    private static List<Signer> issuers(TestAuthority... authorities) {
        return Arrays.stream(authorities).map(TestAuthority::signer).toList();
    }

    private static CertPathValidator bouncyCastle() {
        try {
            return CertPathValidator.getInstance("PKIX", BOUNCY_CASTLE);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theUnchangedChainsAreValid() {
        for (Subject subject : SUBJECTS) {
            IMPLEMENTATIONS.forEach((name, pkix) -> assertThat(
                            subject.isAccepted(subject.chain().toDer(), pkix))
                    .as(subject.name() + " by " + name)
                    .isTrue());
        }
    }

    /** @return names of all mutants that were accepted, and the number of all */
    private static int accepted(Set<String> accepted, boolean signedByIssuer) {
        int all = 0;
        for (Subject subject : SUBJECTS) {
            List<byte[]> der = subject.chain().toDer();
            for (int i = 0; i < subject.issuers().size(); i++) {
                Signer signer = signedByIssuer
                        ? subject.issuers().get(i)
                        : foreign(subject.issuers().get(i));
                for (Map.Entry<String, byte[]> mutant :
                        mutants(der.get(i), signer, i == 0).entrySet()) {
                    List<byte[]> changed = new ArrayList<>(der);
                    changed.set(i, mutant.getValue());
                    for (Map.Entry<String, Supplier<CertPathValidator>> pkix : IMPLEMENTATIONS.entrySet()) {
                        all++;
                        if (subject.isAccepted(changed, pkix.getValue())) {
                            accepted.add(List.of("leaf ", "issuing CA ", "design CA ")
                                            .get(i)
                                    + mutant.getKey());
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Signer foreign(Signer issuer) {
        return SoftwareSigner.generate(issuer.key().algorithm(), new java.security.SecureRandom());
    }

    @Test
    void noMutantOfAnErringIssuerIsAcceptedButThoseThatSayTheSame() {
        Set<String> accepted = new TreeSet<>();
        int all = accepted(accepted, true);

        assertThat(all).isGreaterThan(700);
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(equivalent().keySet());
    }

    @Test
    void noMutantOfAStrangerIsAccepted() {
        Set<String> accepted = new TreeSet<>();
        accepted(accepted, false);

        assertThat(accepted).isEmpty();
    }

    /** Changes that leave what a relying party may conclude as it was, each with the reason. */
    private static Map<String, String> equivalent() {
        Map<String, String> reasons = new LinkedHashMap<>();
        String other = "RFC 5280 §4.2: what is not critical and not known is passed over";
        reasons.put("leaf extension added unknown", other);
        reasons.put("issuing CA extension added unknown", other);
        reasons.put("design CA extension added unknown", other);
        reasons.put("leaf extension added crlDistributionPoints", other);
        reasons.put("issuing CA extension added crlDistributionPoints", other);
        reasons.put("design CA extension added crlDistributionPoints", other);
        String identifier = "RFC 5280 §4.2.1.1: helps to find a path and decides nothing";
        reasons.put("leaf extension added authorityKeyIdentifier other", identifier);
        reasons.put("issuing CA extension added authorityKeyIdentifier other", identifier);
        reasons.put("design CA extension added authorityKeyIdentifier other", identifier);
        String endEntity = "RFC 5280 §4.2.1.9: absent, empty or not critical, it says end entity all the same";
        reasons.put("leaf extension 2.5.29.19 left out", endEntity);
        reasons.put("leaf extension 2.5.29.19 criticality", endEntity);
        reasons.put("leaf extension 2.5.29.19 of an empty sequence", endEntity);
        reasons.put("leaf extension added basicConstraints none", endEntity);
        reasons.put("leaf extension added basicConstraints none critical", endEntity);
        reasons.put("leaf extension 2.5.29.15 criticality", "its key usage is held to, critical or not");
        String order = "RFC 5280 §4.1.2.9: extensions have no order";
        reasons.put("leaf extensions reversed", order);
        reasons.put("issuing CA extensions reversed", order);
        reasons.put("design CA extensions reversed", order);
        String critical = "RFC 5280 §4.2.1.4: may be critical or not";
        reasons.put("leaf extension 2.5.29.32 criticality", critical);
        reasons.put("issuing CA extension 2.5.29.32 criticality", critical);
        reasons.put("design CA extension 2.5.29.32 criticality", critical);
        reasons.put("design CA extension added policies any critical", critical);
        reasons.put("design CA extension added policies any", "what it has already");
        reasons.put("issuing CA extension added inhibitAnyPolicy critical", "what it has already");
        reasons.put("leaf extension 2.5.29.37 criticality", "RFC 5280 §4.2.1.12: may be critical or not");
        return reasons;
    }

    @Test
    void onlyTheOneOrderIsAccepted() {
        for (Subject subject : SUBJECTS) {
            List<byte[]> der = subject.chain().toDer();
            List<List<byte[]>> sequences = new ArrayList<>();
            arrange(der, new ArrayList<>(), sequences);
            int accepted = 0;
            for (List<byte[]> sequence : sequences) {
                for (Supplier<CertPathValidator> pkix : IMPLEMENTATIONS.values()) {
                    if (subject.isAccepted(sequence, pkix)) {
                        accepted++;
                        assertThat(sequence.subList(0, 3)).isEqualTo(der.subList(0, 3));
                    }
                }
            }
            // With the root at the end, or without it.
            assertThat(accepted).isEqualTo(2 * IMPLEMENTATIONS.size());
        }
    }

    /** All sequences of one to five of the certificates, repetitions among them. */
    private static void arrange(List<byte[]> all, List<byte[]> begun, List<List<byte[]>> into) {
        if (!begun.isEmpty()) {
            into.add(List.copyOf(begun));
        }
        if (begun.size() == all.size()) {
            return;
        }
        for (byte[] next : all) {
            begun.add(next);
            arrange(all, begun, into);
            begun.remove(begun.size() - 1);
        }
    }

    private static Map<String, byte[]> mutants(byte[] der, Signer issuer, boolean leaf) {
        Map<String, byte[]> mutants = new LinkedHashMap<>();
        fields(mutants, der, issuer);
        signatures(mutants, der);
        knownExtensions(mutants, der, issuer);
        addedExtensions(mutants, der, issuer, leaf);
        return mutants;
    }

    private static void fields(Map<String, byte[]> mutants, byte[] der, Signer issuer) {
        mutants.put("version 1", X509Mutant.without(der, X509Mutant.VERSION, issuer));
        for (int version : new int[] {0, 1, 3, 127}) {
            put(
                    mutants,
                    "version coded " + version,
                    der,
                    X509Mutant.VERSION,
                    issuer,
                    new DERTaggedObject(true, 0, new ASN1Integer(version)));
        }
        put(mutants, "serial zero", der, X509Mutant.SERIAL, issuer, new ASN1Integer(0));
        put(mutants, "serial negative", der, X509Mutant.SERIAL, issuer, new ASN1Integer(-7));
        put(
                mutants,
                "serial of 21 octets",
                der,
                X509Mutant.SERIAL,
                issuer,
                new ASN1Integer(BigInteger.ONE.shiftLeft(160)));
        put(
                mutants,
                "inner algorithm SHA-512",
                der,
                X509Mutant.SIGNATURE_ALGORITHM,
                issuer,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512));
        put(
                mutants,
                "inner algorithm SHA-1",
                der,
                X509Mutant.SIGNATURE_ALGORITHM,
                issuer,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1));
        put(
                mutants,
                "inner algorithm with NULL",
                der,
                X509Mutant.SIGNATURE_ALGORITHM,
                issuer,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384, DERNull.INSTANCE));
        put(mutants, "issuer empty", der, X509Mutant.ISSUER, issuer, new DERSequence());
        put(mutants, "issuer other", der, X509Mutant.ISSUER, issuer, new X500Name("C=XX,O=Other"));
        put(mutants, "issuer reversed", der, X509Mutant.ISSUER, issuer, reversed(der, X509Mutant.ISSUER));
        put(mutants, "issuer shortened", der, X509Mutant.ISSUER, issuer, shortened(der, X509Mutant.ISSUER));
        put(mutants, "subject empty", der, X509Mutant.SUBJECT, issuer, new DERSequence());
        put(
                mutants,
                "subject other",
                der,
                X509Mutant.SUBJECT,
                issuer,
                new X500Name("C=DE,O=Other,OU=DE-01,serialNumber=" + SERIAL));
        put(mutants, "subject reversed", der, X509Mutant.SUBJECT, issuer, reversed(der, X509Mutant.SUBJECT));
        put(mutants, "subject shortened", der, X509Mutant.SUBJECT, issuer, shortened(der, X509Mutant.SUBJECT));
        put(mutants, "subject lengthened", der, X509Mutant.SUBJECT, issuer, lengthened(der));
        put(mutants, "subject of one RDN", der, X509Mutant.SUBJECT, issuer, joined(der));
        validity(mutants, "ended", der, issuer, "250101000000Z", "260301000000Z");
        validity(mutants, "not begun", der, issuer, "270101000000Z", "360101000000Z");
        validity(mutants, "inverted", der, issuer, "360101000000Z", "260101000000Z");
        put(
                mutants,
                "validity of one time",
                der,
                X509Mutant.VALIDITY,
                issuer,
                new DERSequence(new DERUTCTime("260101000000Z")));
        put(
                mutants,
                "validity ended, generalised",
                der,
                X509Mutant.VALIDITY,
                issuer,
                new DERSequence(new ASN1Encodable[] {
                    new DERGeneralizedTime("20200101000000Z"), new DERGeneralizedTime("20260301000000Z")
                }));
        put(
                mutants,
                "key P-384",
                der,
                X509Mutant.KEY,
                issuer,
                spki(SoftwareSigner.generate(
                        io.kryla.keys.SignatureAlgorithm.ECDSA_P384_SHA384, new java.security.SecureRandom())));
        put(mutants, "key Ed25519", der, X509Mutant.KEY, issuer, spki(TestLicensor.ed25519()));
        put(
                mutants,
                "key damaged",
                der,
                X509Mutant.KEY,
                issuer,
                damaged(X509Mutant.tbs(der).getObjectAt(X509Mutant.KEY)));
        put(mutants, "key empty", der, X509Mutant.KEY, issuer, new DERSequence());
        for (int field = 1; field <= X509Mutant.EXTENSIONS; field++) {
            mutants.put("without field " + field, X509Mutant.without(der, field, issuer));
            put(mutants, "field " + field + " NULL", der, field, issuer, DERNull.INSTANCE);
        }
    }

    private static void put(
            Map<String, byte[]> mutants, String name, byte[] der, int field, Signer issuer, ASN1Encodable value) {
        mutants.put(name, X509Mutant.field(der, field, old -> value, issuer));
    }

    private static void validity(
            Map<String, byte[]> mutants, String name, byte[] der, Signer issuer, String from, String to) {
        put(mutants, "validity " + name, der, X509Mutant.VALIDITY, issuer, new DERSequence(new ASN1Encodable[] {
            new DERUTCTime(from), new DERUTCTime(to)
        }));
    }

    private static ASN1Encodable reversed(byte[] der, int field) {
        List<ASN1Encodable> rdns = rdns(der, field);
        Collections.reverse(rdns);
        return new DERSequence(rdns.toArray(new ASN1Encodable[0]));
    }

    private static ASN1Encodable shortened(byte[] der, int field) {
        List<ASN1Encodable> rdns = rdns(der, field);
        return new DERSequence(rdns.subList(0, rdns.size() - 1).toArray(new ASN1Encodable[0]));
    }

    private static ASN1Encodable lengthened(byte[] der) {
        List<ASN1Encodable> rdns = rdns(der, X509Mutant.SUBJECT);
        rdns.add(new X500Name("CN=more").getRDNs()[0]);
        return new DERSequence(rdns.toArray(new ASN1Encodable[0]));
    }

    /** All attributes in one RDN. */
    private static ASN1Encodable joined(byte[] der) {
        RDN[] rdns = X500Name.getInstance(X509Mutant.tbs(der).getObjectAt(X509Mutant.SUBJECT))
                .getRDNs();
        return new DERSequence(new RDN(Arrays.stream(rdns)
                .map(RDN::getFirst)
                .toArray(org.bouncycastle.asn1.x500.AttributeTypeAndValue[]::new)));
    }

    private static List<ASN1Encodable> rdns(byte[] der, int field) {
        List<ASN1Encodable> rdns = new ArrayList<>();
        ASN1Sequence.getInstance(X509Mutant.tbs(der).getObjectAt(field)).forEach(rdns::add);
        return rdns;
    }

    private static ASN1Encodable spki(Signer signer) {
        return ASN1Sequence.getInstance(signer.key().spki());
    }

    /** A point that is not on the curve. */
    private static ASN1Encodable damaged(ASN1Encodable spki) {
        ASN1Sequence key = ASN1Sequence.getInstance(spki);
        byte[] point = DERBitString.getInstance(key.getObjectAt(1)).getOctets();
        point[point.length - 1] ^= 1;
        return new DERSequence(new ASN1Encodable[] {key.getObjectAt(0), new DERBitString(point)});
    }

    private static void signatures(Map<String, byte[]> mutants, byte[] der) {
        mutants.put(
                "outer algorithm SHA-512",
                X509Mutant.outerAlgorithm(der, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512)));
        mutants.put(
                "outer algorithm with NULL",
                X509Mutant.outerAlgorithm(
                        der, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384, DERNull.INSTANCE)));
        mutants.put("signature empty", X509Mutant.signature(der, old -> new byte[0]));
        mutants.put(
                "signature of zeros",
                X509Mutant.signature(
                        der,
                        old -> X509Mutant.encode(
                                new DERSequence(new ASN1Encodable[] {new ASN1Integer(0), new ASN1Integer(0)}))));
        mutants.put("signature damaged", X509Mutant.signature(der, old -> {
            byte[] damaged = old.clone();
            damaged[damaged.length - 1] ^= 1;
            return damaged;
        }));
        mutants.put("signature and a byte", X509Mutant.signature(der, old -> Arrays.copyOf(old, old.length + 1)));
        mutants.put("a byte behind", Arrays.copyOf(der, der.length + 1));
        mutants.put("a byte missing", Arrays.copyOf(der, der.length - 1));
    }

    private static void knownExtensions(Map<String, byte[]> mutants, byte[] der, Signer issuer) {
        List<ASN1Encodable> known = X509Mutant.extensions(der);
        mutants.put(
                "extensions reversed",
                X509Mutant.extensions(
                        der,
                        list -> {
                            Collections.reverse(list);
                            return list;
                        },
                        issuer));
        mutants.put("extensions empty", X509Mutant.extensions(der, list -> List.of(), issuer));
        for (int i = 0; i < known.size(); i++) {
            int at = i;
            Extension extension = Extension.getInstance(known.get(i));
            String name = "extension " + extension.getExtnId();
            mutants.put(
                    name + " left out",
                    X509Mutant.extensions(
                            der,
                            list -> {
                                list.remove(at);
                                return list;
                            },
                            issuer));
            mutants.put(
                    name + " twice",
                    X509Mutant.extensions(
                            der,
                            list -> {
                                list.add(list.get(at));
                                return list;
                            },
                            issuer));
            byte[] value = extension.getExtnValue().getOctets();
            boolean critical = extension.isCritical();
            replace(mutants, name + " criticality", der, at, extension.getExtnId(), !critical, value, issuer);
            replace(mutants, name + " empty", der, at, extension.getExtnId(), critical, new byte[0], issuer);
            replace(mutants, name + " NULL", der, at, extension.getExtnId(), critical, new byte[] {5, 0}, issuer);
            replace(
                    mutants,
                    name + " of an empty sequence",
                    der,
                    at,
                    extension.getExtnId(),
                    critical,
                    new byte[] {0x30, 0},
                    issuer);
            replace(
                    mutants,
                    name + " cut short",
                    der,
                    at,
                    extension.getExtnId(),
                    critical,
                    Arrays.copyOf(value, value.length - 1),
                    issuer);
            replace(
                    mutants,
                    name + " and a byte",
                    der,
                    at,
                    extension.getExtnId(),
                    critical,
                    Arrays.copyOf(value, value.length + 1),
                    issuer);
        }
    }

    private static void replace(
            Map<String, byte[]> mutants,
            String name,
            byte[] der,
            int at,
            ASN1ObjectIdentifier oid,
            boolean critical,
            byte[] value,
            Signer issuer) {
        mutants.put(
                name,
                X509Mutant.extensions(
                        der,
                        list -> {
                            list.set(at, new Extension(oid, critical, value));
                            return list;
                        },
                        issuer));
    }

    private static void addedExtensions(Map<String, byte[]> mutants, byte[] der, Signer issuer, boolean leaf) {
        add(mutants, "unknown critical", der, issuer, UNKNOWN, true, DERNull.INSTANCE);
        add(mutants, "unknown", der, issuer, UNKNOWN, false, DERNull.INSTANCE);
        add(
                mutants,
                "crlDistributionPoints",
                der,
                issuer,
                Extension.cRLDistributionPoints,
                false,
                new DERSequence(new DERSequence()));
        for (boolean critical : new boolean[] {true, false}) {
            String how = critical ? " critical" : "";
            add(
                    mutants,
                    "policyMappings" + how,
                    der,
                    issuer,
                    Extension.policyMappings,
                    critical,
                    new PolicyMappings(
                            CertPolicyId.getInstance(new ASN1ObjectIdentifier(TestLicensor.LICENSE_OID)),
                            CertPolicyId.getInstance(OTHER_POLICY)));
            add(
                    mutants,
                    "extendedKeyUsage" + how,
                    der,
                    issuer,
                    Extension.extendedKeyUsage,
                    critical,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
            add(
                    mutants,
                    "extendedKeyUsage any" + how,
                    der,
                    issuer,
                    Extension.extendedKeyUsage,
                    critical,
                    new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
            add(
                    mutants,
                    "nameConstraints elsewhere" + how,
                    der,
                    issuer,
                    Extension.nameConstraints,
                    critical,
                    new NameConstraints(
                            new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name("C=FR")))}, null));
            add(
                    mutants,
                    "nameConstraints excluding" + how,
                    der,
                    issuer,
                    Extension.nameConstraints,
                    critical,
                    new NameConstraints(
                            null, new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name("C=DE")))}));
            add(
                    mutants,
                    "inhibitAnyPolicy" + how,
                    der,
                    issuer,
                    Extension.inhibitAnyPolicy,
                    critical,
                    new ASN1Integer(0));
            add(
                    mutants,
                    "policyConstraints" + how,
                    der,
                    issuer,
                    Extension.policyConstraints,
                    critical,
                    new PolicyConstraints(BigInteger.ZERO, BigInteger.ZERO));
            add(
                    mutants,
                    "subjectAlternativeName dns" + how,
                    der,
                    issuer,
                    Extension.subjectAlternativeName,
                    critical,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "a.example")));
            add(
                    mutants,
                    "basicConstraints cA 5" + how,
                    der,
                    issuer,
                    Extension.basicConstraints,
                    critical,
                    new BasicConstraints(5));
            add(
                    mutants,
                    "basicConstraints none" + how,
                    der,
                    issuer,
                    Extension.basicConstraints,
                    critical,
                    new BasicConstraints(false));
            add(mutants, "keyUsage all" + how, der, issuer, Extension.keyUsage, critical, new KeyUsage(0xff));
            add(
                    mutants,
                    "keyUsage encipherment" + how,
                    der,
                    issuer,
                    Extension.keyUsage,
                    critical,
                    new KeyUsage(KeyUsage.keyEncipherment));
            add(mutants, "keyUsage zero" + how, der, issuer, Extension.keyUsage, critical, new KeyUsage(0));
            add(
                    mutants,
                    "policies any" + how,
                    der,
                    issuer,
                    Extension.certificatePolicies,
                    critical,
                    new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("2.5.29.32.0"))));
            add(
                    mutants,
                    "policies other" + how,
                    der,
                    issuer,
                    Extension.certificatePolicies,
                    critical,
                    new CertificatePolicies(new PolicyInformation(OTHER_POLICY)));
            add(
                    mutants,
                    "authorityKeyIdentifier other" + how,
                    der,
                    issuer,
                    Extension.authorityKeyIdentifier,
                    critical,
                    new DERSequence(new DERTaggedObject(false, 0, new DEROctetString(new byte[20]))));
        }
        if (leaf) {
            add(
                    mutants,
                    "policies two",
                    der,
                    issuer,
                    Extension.certificatePolicies,
                    false,
                    new CertificatePolicies(new PolicyInformation[] {
                        new PolicyInformation(new ASN1ObjectIdentifier(TestLicensor.LICENSE_OID)),
                        new PolicyInformation(OTHER_POLICY)
                    }));
        }
    }

    /** Puts it in, or in the place of the one that is there. */
    private static void add(
            Map<String, byte[]> mutants,
            String name,
            byte[] der,
            Signer issuer,
            ASN1ObjectIdentifier oid,
            boolean critical,
            ASN1Encodable value) {
        mutants.put(
                "extension added " + name,
                X509Mutant.extensions(
                        der,
                        list -> {
                            list.removeIf(known ->
                                    Extension.getInstance(known).getExtnId().equals(oid));
                            list.add(new Extension(oid, critical, X509Mutant.encode(value)));
                            return list;
                        },
                        issuer));
    }
}
