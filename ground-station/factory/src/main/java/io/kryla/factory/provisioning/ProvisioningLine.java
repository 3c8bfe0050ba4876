package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.pki.LineCa;
import io.kryla.identity.Certificates;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a line needs to provision airframes: all of it verified before it gets here.
 *
 * @param station key and chain (root last) of the station: TLS server, and signer of birth records
 * @param workbenches where airframes lie while they are provisioned
 * @param crls the newest of each issuer whenever asked: root, design CA, line CA, operations CA
 * @param flightOriginBase flight-log origins begin so; {@code /} and the serial follow
 */
public record ProvisioningLine(
        LineLedger ledger,
        LineCa authority,
        TlsIdentity station,
        String stationId,
        Workbenches workbenches,
        TrustedBundle bundle,
        Supplier<List<X509CRL>> crls,
        VerifiedLicense license,
        VerifiedFirmwareManifest firmware,
        TestPlan testPlan,
        String flightOriginBase,
        InstantSource clock,
        SecureRandom random) {
    /** Names what is missing when it is built. */
    public static ProvisioningLineBuilder builder() {
        return new ProvisioningLineBuilder();
    }

    /** Origin prefix of a unit's flight logs. */
    String originPrefix(String serial) {
        return flightOriginBase + "/" + serial;
    }

    List<ByteString> crlsDer() {
        return crls.get().stream()
                .map(crl -> ByteString.copyFrom(Certificates.toDer(crl)))
                .toList();
    }
}
