package io.kryla.identity;

import io.kryla.keys.Signer;
import io.kryla.keys.bouncycastle.SignerContentSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.operator.ContentSigner;

/** Parts of a TBSCertificate (RFC 5280 §4.1.2) changed, and the whole signed again by its issuer, as a CA that errs would. */
final class X509Mutant {
    static final int VERSION = 0;
    static final int SERIAL = 1;
    static final int SIGNATURE_ALGORITHM = 2;
    static final int ISSUER = 3;
    static final int VALIDITY = 4;
    static final int SUBJECT = 5;
    static final int KEY = 6;
    static final int EXTENSIONS = 7;

    private X509Mutant() {}

    /** The certificate with one field of its TBSCertificate changed; the issuer's key signs. */
    static byte[] field(byte[] der, int field, UnaryOperator<ASN1Encodable> change, Signer issuer) {
        ASN1Sequence tbs = tbs(der);
        ASN1EncodableVector changed = new ASN1EncodableVector();
        for (int i = 0; i < tbs.size(); i++) {
            changed.add(i == field ? change.apply(tbs.getObjectAt(i)) : tbs.getObjectAt(i));
        }
        return sign(new DERSequence(changed), issuer);
    }

    /** Without a field. */
    static byte[] without(byte[] der, int field, Signer issuer) {
        ASN1Sequence tbs = tbs(der);
        ASN1EncodableVector changed = new ASN1EncodableVector();
        for (int i = 0; i < tbs.size(); i++) {
            if (i != field) {
                changed.add(tbs.getObjectAt(i));
            }
        }
        return sign(new DERSequence(changed), issuer);
    }

    /** With other extensions. */
    static byte[] extensions(byte[] der, UnaryOperator<List<ASN1Encodable>> change, Signer issuer) {
        return field(
                der,
                EXTENSIONS,
                tagged -> {
                    ASN1Sequence known = ASN1Sequence.getInstance(
                            ASN1TaggedObject.getInstance(tagged).getExplicitBaseObject());
                    List<ASN1Encodable> extensions = new ArrayList<>();
                    known.forEach(extensions::add);
                    return new DERTaggedObject(
                            true, 3, new DERSequence(change.apply(extensions).toArray(new ASN1Encodable[0])));
                },
                issuer);
    }

    static List<ASN1Encodable> extensions(byte[] der) {
        List<ASN1Encodable> extensions = new ArrayList<>();
        ASN1Sequence.getInstance(ASN1TaggedObject.getInstance(tbs(der).getObjectAt(EXTENSIONS))
                        .getExplicitBaseObject())
                .forEach(extensions::add);
        return extensions;
    }

    /** Another algorithm outside than the one inside. */
    static byte[] outerAlgorithm(byte[] der, ASN1Encodable algorithm) {
        ASN1Sequence certificate = ASN1Sequence.getInstance(der);
        return encode(new DERSequence(
                new ASN1Encodable[] {certificate.getObjectAt(0), algorithm, certificate.getObjectAt(2)}));
    }

    /** Another signature. */
    static byte[] signature(byte[] der, UnaryOperator<byte[]> change) {
        ASN1Sequence certificate = ASN1Sequence.getInstance(der);
        byte[] signature = ASN1BitString.getInstance(certificate.getObjectAt(2)).getOctets();
        return encode(new DERSequence(new ASN1Encodable[] {
            certificate.getObjectAt(0), certificate.getObjectAt(1), new DERBitString(change.apply(signature))
        }));
    }

    static ASN1Sequence tbs(byte[] der) {
        return ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
    }

    /** Signs whatever it is. */
    static byte[] sign(ASN1Sequence tbs, Signer issuer) {
        ContentSigner signer = SignerContentSigner.of(issuer);
        try (OutputStream out = signer.getOutputStream()) {
            out.write(encode(tbs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encode(new DERSequence(
                new ASN1Encodable[] {tbs, signer.getAlgorithmIdentifier(), new DERBitString(signer.getSignature())}));
    }

    static byte[] encode(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
