package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestAuthority;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Signer;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/**
 * A revocation list that names nobody, changed one field at a time and signed again by its true issuer, standing alone or
 * beside a good list that names the leaf: it never makes a revoked leaf pass, and counts only where it says the same.
 */
class RevocationMutantsTest {
    private static final int VERSION = 0;
    private static final int ALGORITHM = 1;
    private static final int ISSUER = 2;
    private static final int THIS_UPDATE = 3;

    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final CertificateChain CHAIN =
            LICENSOR.idevid(TestLicensor.p256().key(), "9999400000001");
    private static final TestAuthority LINE = LICENSOR.lineCa();
    private static final byte[] GOOD = Certificates.toDer(LINE.crl(TestLicensor.NOW));

    private static PathResult judge(List<X509CRL> lists, CrlProfile profile) {
        return PathValidator.of(LICENSOR.root().certificate())
                .validateIdevid(
                        CHAIN,
                        TestLicensor.LICENSE_OID,
                        TestLicensor.NOW,
                        new CrlSet(lists, profile, TestLicensor.NOW));
    }

    /** Lists of the other authorities, and these. */
    private static List<X509CRL> with(List<X509CRL> lists) {
        List<X509CRL> all = new ArrayList<>(lists);
        all.add(LICENSOR.root().crl(TestLicensor.NOW));
        all.add(LICENSOR.designCa().crl(TestLicensor.NOW));
        return all;
    }

    @Test
    void noMutantStandsForTheListButThoseThatSayTheSame() {
        Set<String> taken = new TreeSet<>();
        mutants(LINE.signer())
                .forEach((name, der) -> Certificates.crlFromDer(der)
                        .filter(list -> judge(with(List.of(list)), CrlProfile.LINE) instanceof PathResult.Valid)
                        .ifPresent(list -> taken.add(name)));

        assertThat(taken)
                .containsExactlyInAnyOrder(
                        // RFC 5280 §5.2: what is not critical and not known is passed over.
                        "extension unknown",
                        // RFC 5280 §5.1.2.1: a list without extensions may leave its version out.
                        "without version",
                        // Of another certificate.
                        "entry of another certificate");
    }

    @Test
    void noMutantOfAStrangerStandsForTheList() {
        mutants(new TestLicensor().lineCa().signer())
                .forEach((name, der) -> assertThat(Certificates.crlFromDer(der)
                                .filter(list ->
                                        judge(with(List.of(list)), CrlProfile.FIELD) instanceof PathResult.Valid))
                        .as(name)
                        .isEmpty());
    }

    /** An older list that names the leaf stays in force unless a whole newer one of the same issuer takes its place. */
    @Test
    void noMutantTakesARevocationBack() {
        X509CRL revoking = LINE.crl(TestLicensor.NOW, CHAIN.leaf());
        Set<String> passed = new TreeSet<>();
        mutants(LINE.signer()).forEach((name, der) -> {
            Optional<X509CRL> list = Certificates.crlFromDer(der);
            List<X509CRL> lists = new ArrayList<>(List.of(revoking));
            list.ifPresent(lists::add);
            if (judge(with(lists), CrlProfile.LINE) instanceof PathResult.Valid) {
                passed.add(name);
            }
        });

        assertThat(passed).isEmpty();
    }

    private static Map<String, byte[]> mutants(Signer issuer) {
        Map<String, byte[]> mutants = new LinkedHashMap<>();
        mutants.put("without version", changed(issuer, fields -> {
            fields.remove(VERSION);
            return fields;
        }));
        put(mutants, "version 1", VERSION, issuer, new ASN1Integer(0));
        put(mutants, "version 3", VERSION, issuer, new ASN1Integer(2));
        put(
                mutants,
                "algorithm SHA-512",
                ALGORITHM,
                issuer,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512));
        put(
                mutants,
                "algorithm with NULL",
                ALGORITHM,
                issuer,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384, DERNull.INSTANCE));
        put(mutants, "issuer empty", ISSUER, issuer, new DERSequence());
        put(mutants, "issuer other", ISSUER, issuer, new X500Name("C=DE,O=Maker,OU=DE-02"));
        put(mutants, "issuer reversed", ISSUER, issuer, new X500Name("OU=DE-01,O=Maker,C=DE"));
        put(mutants, "older than seven days", THIS_UPDATE, issuer, new DERUTCTime("260501000000Z"));
        put(mutants, "of the future", THIS_UPDATE, issuer, new DERUTCTime("260701000000Z"));
        put(mutants, "time NULL", THIS_UPDATE, issuer, DERNull.INSTANCE);
        mutants.put("past its end", changed(issuer, fields -> {
            fields.add(THIS_UPDATE + 1, new DERUTCTime("260531000000Z"));
            return fields;
        }));
        mutants.put("entry of another certificate", changed(issuer, fields -> {
            fields.add(new DERSequence(entry(BigInteger.TEN)));
            return fields;
        }));
        mutants.put("entry of the leaf", changed(issuer, fields -> {
            fields.add(new DERSequence(entry(CHAIN.leaf().getSerialNumber())));
            return fields;
        }));
        extension(
                mutants,
                "extension unknown",
                issuer,
                new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.99"),
                false,
                DERNull.INSTANCE);
        extension(
                mutants,
                "extension unknown critical",
                issuer,
                new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.99"),
                true,
                DERNull.INSTANCE);
        extension(mutants, "delta", issuer, Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE));
        extension(
                mutants,
                "of some reasons or points",
                issuer,
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, true, false, null, false, false));
        mutants.put("a byte behind", java.util.Arrays.copyOf(GOOD, GOOD.length + 1));
        mutants.put("a byte missing", java.util.Arrays.copyOf(GOOD, GOOD.length - 1));
        return mutants;
    }

    private static ASN1Encodable entry(BigInteger serial) {
        return new DERSequence(new ASN1Encodable[] {new ASN1Integer(serial), new DERUTCTime("260531000000Z")});
    }

    private static void extension(
            Map<String, byte[]> mutants,
            String name,
            Signer issuer,
            ASN1ObjectIdentifier oid,
            boolean critical,
            ASN1Encodable value) {
        mutants.put(name, changed(issuer, fields -> {
            fields.add(new DERTaggedObject(
                    true, 0, new DERSequence(new Extension(oid, critical, X509Mutant.encode(value)))));
            return fields;
        }));
    }

    private static void put(Map<String, byte[]> mutants, String name, int field, Signer issuer, ASN1Encodable value) {
        mutants.put(name, changed(issuer, fields -> {
            fields.set(field, value);
            return fields;
        }));
    }

    private static byte[] changed(Signer issuer, UnaryOperator<List<ASN1Encodable>> change) {
        List<ASN1Encodable> fields = new ArrayList<>();
        ASN1Sequence.getInstance(ASN1Sequence.getInstance(GOOD).getObjectAt(0)).forEach(fields::add);
        return X509Mutant.sign(new DERSequence(change.apply(fields).toArray(new ASN1Encodable[0])), issuer);
    }
}
