package io.kryla.factory.birth;

import com.google.protobuf.ByteString;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.provisioning.ConversationLink;
import io.kryla.factory.provisioning.MeasurementLimit;
import io.kryla.factory.provisioning.ProvisioningLine;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.factory.testline.TestLine;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The line DE-01 with a station, a firmware release and a test plan: everything a birth needs. */
public final class BirthLine implements AutoCloseable {
    public static final String STATION = "station-1";
    public static final String CARD = "card-7";
    public static final Digest IMAGE = Digest.sha256("firmware 1.0".getBytes(StandardCharsets.UTF_8));

    public final TestLine line;
    public final TestLicensor licensor;
    public final VerifiedLicense license;
    public final VerifiedFirmwareManifest firmware;
    public final TlsIdentity station;
    private List<X509CRL> crls = List.of();

    private BirthLine(TestLine line, VerifiedLicense license) {
        this.line = line;
        this.licensor = line.licensor;
        this.license = license;
        this.firmware = release(1);
        Signer key = licensor.p256();
        this.station = new TlsIdentity(
                key,
                licensor.operationsCa.issueStation(key.key(), STATION, TestLicensor.STATION_OID, TestLicensor.START));
        renewRevocationLists();
    }

    /** Every issuer says anew that nothing is revoked. */
    public void renewRevocationLists() {
        Instant now = line.clock.instant();
        Instant next = now.plus(Duration.ofDays(30));
        long number = now.getEpochSecond();
        crls = List.of(
                licensor.root.emptyRevocationList(number, now, next),
                licensor.designCa.emptyRevocationList(number, now, next),
                licensor.lineCa.emptyRevocationList(number, now, next),
                licensor.operationsCa.emptyRevocationList(number, now, next));
    }

    public static BirthLine in(Path folder, int quota) {
        TestLine line = TestLine.in(folder);
        VerifiedLicense license =
                line.licensor.issue(line.licensor.licenseFor(quota).build());
        line.ledger.admitLicense(license.envelope());
        return new BirthLine(line, license);
    }

    public VerifiedFirmwareManifest release(long number) {
        FirmwareManifest manifest = FirmwareManifest.newBuilder()
                .setDesignOid(TestLicensor.DESIGN_OID)
                .setVersion(number + ".0")
                .setReleaseNumber(number)
                .setImageSha256(ByteString.copyFrom(IMAGE.bytes()))
                .setImageSizeBytes(4)
                .addParameters(Parameter.newBuilder().setName("hover.thrust").setValue(0.43))
                .build();
        return licensor.desk.issueFirmware(licensor.desk.approve(
                licensor.desk.proposeFirmware(manifest, licensor.licenseKeys.get(0)), licensor.licenseKeys.get(1)));
    }

    public List<X509CRL> crls() {
        return crls;
    }

    public ProvisioningLine provisioning() {
        return provisioning(firmware);
    }

    public ProvisioningLine provisioning(VerifiedFirmwareManifest release) {
        return ProvisioningLine.builder()
                .ledger(line.ledger)
                .authority(licensor.lineCa)
                .station(station, STATION)
                .operator(CARD)
                .bundle(licensor.bundle)
                .crls(() -> crls)
                .license(license)
                .firmware(release)
                .testPlan(new TestPlan(
                        "test-1",
                        List.of(
                                new MeasurementLimit("battery.voltage", "V", 14, 17, 0.5),
                                new MeasurementLimit("gyro.bias", "rad/s", Double.NEGATIVE_INFINITY, 0.05, 0.01))))
                .flightOriginBase("kryla.example/flight")
                .clock(line.clock)
                .random(licensor.random)
                .build();
    }

    public BenchAirframe board(String name) {
        return new BenchAirframe(name, licensor, line.clock);
    }

    /** Takes an airframe to its birth, without a network. */
    public ProvisioningOutcome provision(BenchAirframe airframe) {
        return airframe.start()
                .provision(ConversationLink.to(
                        provisioning(), airframe.identityKey().key()));
    }

    public String born(BenchAirframe airframe) {
        return ((ProvisioningOutcome.Born) provision(airframe)).serial();
    }

    @Override
    public void close() {
        line.close();
    }
}
