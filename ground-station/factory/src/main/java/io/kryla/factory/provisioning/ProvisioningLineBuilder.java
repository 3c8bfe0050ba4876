package io.kryla.factory.provisioning;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.pki.LineCa;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link ProvisioningLine}. */
public final class ProvisioningLineBuilder {
    private @Nullable LineLedger ledger;
    private @Nullable LineCa authority;
    private @Nullable TlsIdentity station;
    private @Nullable String stationId;
    private @Nullable Workbenches workbenches;
    private @Nullable TrustedBundle bundle;
    private @Nullable Supplier<List<X509CRL>> crls;
    private @Nullable VerifiedLicense license;
    private @Nullable VerifiedFirmwareManifest firmware;
    private @Nullable TestPlan testPlan;
    private @Nullable String flightOriginBase;
    private @Nullable InstantSource clock;
    private @Nullable SecureRandom random;

    ProvisioningLineBuilder() {}

    public ProvisioningLineBuilder ledger(LineLedger lineLedger) {
        this.ledger = lineLedger;
        return this;
    }

    public ProvisioningLineBuilder authority(LineCa lineCa) {
        this.authority = lineCa;
        return this;
    }

    /** @param id of the station, as its certificate names it */
    public ProvisioningLineBuilder station(TlsIdentity identity, String id) {
        this.station = identity;
        this.stationId = id;
        return this;
    }

    /** One unattended bench, whose work is recorded under that card. */
    public ProvisioningLineBuilder operator(String cardId) {
        return workbenches(Workbenches.single(Workbench.unattended(cardId)));
    }

    /** Where airframes lie; one that no bench has started is refused. */
    public ProvisioningLineBuilder workbenches(Workbenches benches) {
        this.workbenches = benches;
        return this;
    }

    public ProvisioningLineBuilder bundle(TrustedBundle verified) {
        this.bundle = verified;
        return this;
    }

    /** The newest list of each issuer whenever asked: root, design CA, line CA, operations CA. */
    public ProvisioningLineBuilder crls(Supplier<List<X509CRL>> newest) {
        this.crls = newest;
        return this;
    }

    public ProvisioningLineBuilder license(VerifiedLicense verified) {
        this.license = verified;
        return this;
    }

    public ProvisioningLineBuilder firmware(VerifiedFirmwareManifest verified) {
        this.firmware = verified;
        return this;
    }

    public ProvisioningLineBuilder testPlan(TestPlan plan) {
        this.testPlan = plan;
        return this;
    }

    /** Flight-log origins begin so, for example {@code kryla.example/flight}; {@code /} and the serial follow. */
    public ProvisioningLineBuilder flightOriginBase(String base) {
        this.flightOriginBase = base;
        return this;
    }

    public ProvisioningLineBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    public ProvisioningLineBuilder random(SecureRandom source) {
        this.random = source;
        return this;
    }

    public ProvisioningLine build() {
        return new ProvisioningLine(
                given("ledger", ledger),
                given("authority", authority),
                given("station", station),
                given("station", stationId),
                given("workbenches", workbenches),
                given("bundle", bundle),
                given("crls", crls),
                given("license", license),
                given("firmware", firmware),
                given("testPlan", testPlan),
                given("flightOriginBase", flightOriginBase),
                given("clock", clock),
                given("random", random));
    }

    private static <T> T given(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " of the line is missing");
        }
        return value;
    }
}
