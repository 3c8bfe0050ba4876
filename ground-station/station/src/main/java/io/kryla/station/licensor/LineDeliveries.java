package io.kryla.station.licensor;

import com.google.protobuf.ByteString;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.LineDelivery;
import java.nio.file.Path;
import java.util.List;

/** What a line gets: everything that is in force for it, and what its chains of revisions need, in one file. */
public final class LineDeliveries {
    private LineDeliveries() {}

    /** @throws io.kryla.station.outcome.CommandFailure LINE_UNKNOWN */
    public static LineDelivery of(LicensorHouse house, String line) {
        house.line(line);
        LicensorFolder folder = house.folder();
        LineDelivery.Builder delivery = LineDelivery.newBuilder()
                .setLine(line)
                .setRootCertificate(ByteString.copyFrom(Certificates.toDer(house.root())))
                .addAllTrustBundles(LicensorFolder.revisions(folder.trustBundles()))
                .addAllLicenses(LicensorFolder.revisions(folder.licenses(line)))
                .addAllLineCaChain(der(folder.lineChain(line, "line-ca")))
                .addAllOperationsCaChain(der(folder.lineChain(line, "operations-ca")))
                .setRootCrl(ByteString.copyFrom(DocumentFiles.read(folder.crl("root"))))
                .setDesignCrl(ByteString.copyFrom(DocumentFiles.read(folder.crl("design"))));
        house.firmware().ifPresent(release -> delivery.setFirmwareManifest(release.envelope()));
        return delivery.build();
    }

    private static List<ByteString> der(Path chain) {
        CertificateChain certificates = DocumentFiles.readChain(chain);
        return certificates.toDer().stream().map(ByteString::copyFrom).toList();
    }
}
