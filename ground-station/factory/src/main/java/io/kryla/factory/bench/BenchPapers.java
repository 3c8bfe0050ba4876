package io.kryla.factory.bench;

import com.google.protobuf.ByteString;
import io.kryla.identity.Certificates;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a line gives to a bench that it let in.
 *
 * @param crls the newest of each issuer whenever asked
 */
public record BenchPapers(
        String line,
        TrustedBundle bundle,
        Supplier<List<X509CRL>> crls,
        String designOid,
        VerifiedFirmwareManifest firmware,
        InstantSource clock) {
    List<ByteString> crlsDer() {
        return crls.get().stream()
                .map(crl -> ByteString.copyFrom(Certificates.toDer(crl)))
                .toList();
    }
}
