package io.kryla.factory.pki;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;

/** The policies that one of our own CA certificates names (RFC 5280 §4.2.1.4). */
public final class CertificatePolicyOids {
    private CertificatePolicyOids() {}

    /** In dotted decimal, in the certificate's order; none without the extension. */
    public static List<String> of(X509Certificate ours) {
        byte[] value = ours.getExtensionValue(Extension.certificatePolicies.getId());
        return value == null
                ? List.of()
                : Arrays.stream(CertificatePolicies.getInstance(
                                        ASN1OctetString.getInstance(value).getOctets())
                                .getPolicyInformation())
                        .map(policy -> policy.getPolicyIdentifier().getId())
                        .toList();
    }
}
