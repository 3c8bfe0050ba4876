package io.kryla.station.line;

import io.kryla.factory.acceptance.AcceptanceDesk;
import io.kryla.factory.acceptance.AcceptanceLine;
import io.kryla.factory.bench.BenchPapers;
import io.kryla.factory.handover.ExportLine;
import io.kryla.factory.ledger.AdmitResult;
import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.license.LicensedLine;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.provisioning.ProvisioningLine;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.factory.provisioning.Workbenches;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.ground.fleet.GroundPolicy;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.Envelope;
import io.kryla.v1.LedgerLeaf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A line that is open for work. One process at a time; close it to let the next in. */
public final class ProductionLine implements AutoCloseable {
    /** Flight-log origins of every unit begin so. */
    private static final String FLIGHT_ORIGIN_BASE = "kryla.example/flight";

    private final String line;
    private final Premises premises;
    private final TrustedBundle bundle;
    private final VerifiedLicense license;
    private final VerifiedFirmwareManifest firmware;
    private final LineCa authority;
    private final TlsIdentity station;
    private final TlsIdentity ground;
    private final LineLedger ledger;

    private ProductionLine(
            String line, Premises premises, WitnessClient witness, Optional<LedgerDatabase> ledgerDatabase) {
        this.line = line;
        this.premises = premises;
        PrivateFolder.LineFiles files = premises.privateFolder().line(line);
        this.bundle = premises.bundle();
        this.license = Premises.verified(
                VerifiedLicense.open(
                        bundle,
                        DocumentFiles.readEnvelope(premises.publicFolder().license(line))),
                premises.publicFolder().license(line));
        this.firmware = Premises.verified(
                VerifiedFirmwareManifest.open(
                        bundle,
                        DocumentFiles.readEnvelope(premises.publicFolder().firmwareManifest())),
                premises.publicFolder().firmwareManifest());
        Signer lineCaKey = premises.keys().read(files.key("line-ca"));
        CertificateChain lineCaChain = DocumentFiles.readChain(files.chain("line-ca"));
        this.authority =
                LineCa.open(lineCaChain, PartyName.ofSubject(lineCaChain.leaf()), lineCaKey, premises.random());
        this.station = identity(files, "station");
        this.ground = identity(files, "ground");
        this.ledger = LineLedger.builder()
                .database(ledgerDatabase.orElseGet(() -> LedgerDatabase.inFolder(files.ledger())))
                .line(new LicensedLine(
                        line,
                        license.content().getLedgerOrigin(),
                        lineCaKey.key().spkiSha256()))
                .trust(bundle)
                .key(premises.keys().read(files.key("ledger")))
                .clock(premises.clock())
                .witness(witness)
                .open();
    }

    /**
     * Opens a line and admits its license.
     *
     * @throws CommandFailure LINE_UNKNOWN, or the license's refusal
     */
    public static ProductionLine open(String line, Premises premises, WitnessClient witness) {
        return open(line, premises, witness, Optional.empty());
    }

    /**
     * As {@link #open(String, Premises, WitnessClient)}, over another ledger than the one in the line's private folder.
     *
     * @throws CommandFailure LINE_UNKNOWN, or the license's refusal
     */
    public static ProductionLine open(
            String line, Premises premises, WitnessClient witness, Optional<LedgerDatabase> ledgerDatabase) {
        if (premises.bundle().ledgers().stream().noneMatch(known -> known.line().equals(line))) {
            throw CommandFailure.usage(
                    "LINE_UNKNOWN",
                    "no line " + line + " in the trust bundle",
                    premises.publicFolder().trustBundle().toString(),
                    "name one of its lines");
        }
        ProductionLine opened = new ProductionLine(line, premises, witness, ledgerDatabase);
        try {
            opened.admitLicense();
            Optional<Refused> contradiction = opened.ledger.contradiction();
            if (contradiction.isPresent()) {
                throw rolledBack(contradiction.get(), line);
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Every revision that the ledger does not know yet, in their order; then the one in force, known or not. */
    private void admitLicense() {
        long known = ledger.license()
                .filter(newest ->
                        newest.content().getPolicyOid().equals(license.content().getPolicyOid()))
                .map(newest -> newest.content().getRevision())
                .orElse(0L);
        PrivateFolder.LineFiles files = premises.privateFolder().line(line);
        for (long revision = known + 1; revision < license.content().getRevision(); revision++) {
            Path file = files.licenseRevision(revision);
            if (Files.exists(file)) {
                admit(DocumentFiles.readEnvelope(file), file);
            }
        }
        admit(license.envelope(), premises.publicFolder().license(line));
    }

    private void admit(Envelope revision, Path file) {
        AdmitResult admitted = ledger.admitLicense(revision);
        if (admitted instanceof Refused refused) {
            throw refusal(refused, file.toString());
        }
    }

    private static CommandFailure rolledBack(Refused contradiction, String line) {
        return new CommandFailure(
                ExitStatus.FAILED,
                "LEDGER_ROLLED_BACK",
                "the witness has seen more of this ledger, or something else: " + contradiction.reason(),
                "ledger of " + line,
                "put the newest copy in its place; nothing is signed over this one");
    }

    private TlsIdentity identity(PrivateFolder.LineFiles files, String role) {
        return new TlsIdentity(premises.keys().read(files.key(role)), DocumentFiles.readChain(files.chain(role)));
    }

    static CommandFailure refusal(Refused refused, String where) {
        return new CommandFailure(ExitStatus.FAILED, refused.code(), refused.reason(), where, "nothing was changed");
    }

    public String name() {
        return line;
    }

    public Premises premises() {
        return premises;
    }

    public TrustedBundle bundle() {
        return bundle;
    }

    public VerifiedLicense license() {
        return license;
    }

    public LineLedger ledger() {
        return ledger;
    }

    /** Signs the line's records and serves provisioning. */
    public TlsIdentity station() {
        return station;
    }

    public String stationId() {
        return "station-" + line;
    }

    /** Card of whoever works at this bench. */
    public String operatorCardId() {
        return "card-" + line + "-1";
    }

    /** What provisioning needs, for airframes on those benches. */
    public ProvisioningLine forProvisioning(Workbenches workbenches, TestPlan testPlan) {
        return ProvisioningLine.builder()
                .ledger(ledger)
                .authority(authority)
                .station(station, stationId())
                .workbenches(workbenches)
                .bundle(bundle)
                .crls(premises::crls)
                .license(license)
                .firmware(firmware)
                .testPlan(testPlan)
                .flightOriginBase(FLIGHT_ORIGIN_BASE)
                .clock(premises.clock())
                .random(premises.random())
                .build();
    }

    /** Certifies and revokes the units of the line. */
    LineCa authority() {
        return authority;
    }

    /** What benches are given that work for the line. */
    BenchPapers forBenches() {
        return new BenchPapers(
                line, bundle, premises::crls, license.content().getDesignOid(), firmware, premises.clock());
    }

    public AcceptanceDesk acceptanceDesk() {
        return AcceptanceDesk.of(new AcceptanceLine(
                ledger, station, stationId(), operatorCardId(), premises.clock(), premises.random()));
    }

    public ExportLine forHandover() {
        return new ExportLine(ledger, station, operatorCardId(), bundle, license, premises::crls, premises.clock());
    }

    /** Starts the line's own ground station on the loopback interface, for acceptance flights. */
    public GroundStation startGround() {
        return GroundStation.builder()
                .identity(ground)
                .trust(bundle)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .policy(GroundPolicy.lineOwn(license.content().getLedgerOrigin()))
                .crls(premises::crls)
                .ledgerCheckpoint(this::checkpointSha256)
                .clock(premises.clock())
                .random(premises.random())
                .start();
    }

    private Digest checkpointSha256() {
        return Digest.sha256(ledger.cosignedCheckpoint()
                .orElseThrow(() -> new IllegalStateException("a unit is born only under a cosigned checkpoint"))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Births so far. */
    public long born() {
        return ledger.units().stream()
                .flatMap(unit -> ledger.leaves(unit.serial()).stream())
                .map(leaf -> leaf.content())
                .filter(LedgerLeaf::hasBorn)
                .count();
    }

    /** Has everything cosigned and exports the ledger's static files. */
    public void exportLedger() {
        CosignResult cosigned = ledger.cosign();
        if (cosigned instanceof Refused refused) {
            throw refusal(refused, "ledger of " + line);
        }
        CosignResult exported = ledger.exportTiles(premises.publicFolder().ledger(line));
        if (exported instanceof Refused refused) {
            throw refusal(refused, "ledger of " + line);
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
