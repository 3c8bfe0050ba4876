package io.kryla.factory.handover;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * A line that hands airframes over.
 *
 * @param station key and chain (root last) of the station that signs voucher headers and gives airframes away
 * @param crls the newest of each issuer whenever asked: root, design CA, line CA, operations CA
 */
public record ExportLine(
        LineLedger ledger,
        TlsIdentity station,
        String operatorCardId,
        TrustedBundle bundle,
        VerifiedLicense license,
        Supplier<List<X509CRL>> crls,
        InstantSource clock) {
    CrlSet crlSet() {
        return new CrlSet(crls.get(), CrlProfile.LINE, clock.instant());
    }
}
