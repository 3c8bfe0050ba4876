package io.kryla.factory.testline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.factory.ledger.AdmitResult;
import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.LedgerBuilder;
import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The line DE-01 with its ledger and an in-process witness, in a folder that a test may close and open again. */
public final class TestLine implements AutoCloseable {
    public final TestLicensor licensor;
    public final SettableClock clock = new SettableClock();
    private final Path folder;
    private final LedgerDatabase database;
    public Witness witness;
    public LineLedger ledger;

    private TestLine(TestLicensor licensor, Path folder, LedgerDatabase database) {
        this.licensor = licensor;
        this.folder = folder;
        this.database = database;
        this.witness = openWitness();
        this.ledger = openLedger();
    }

    private LineLedger openLedger() {
        try {
            return ledgerBuilder().open();
        } catch (RuntimeException e) {
            witness.close();
            throw e;
        }
    }

    /** A line without a license. */
    public static TestLine in(Path folder) {
        return in(folder, LedgerDatabase.inFolder(folder.resolve("ledger")));
    }

    /** A line without a license whose ledger lies elsewhere. */
    public static TestLine in(Path folder, LedgerDatabase database) {
        return new TestLine(new TestLicensor(), folder, database);
    }

    /** A line with a license for so many units. */
    public static TestLine withQuota(Path folder, int units) {
        return withQuota(new TestLicensor(), folder, units);
    }

    /** The same under a licensor that the test prepared. */
    public static TestLine withQuota(TestLicensor licensor, Path folder, int units) {
        return withQuota(licensor, folder, LedgerDatabase.inFolder(folder.resolve("ledger")), units);
    }

    /** The same with its ledger elsewhere. */
    public static TestLine withQuota(Path folder, LedgerDatabase database, int units) {
        return withQuota(new TestLicensor(), folder, database, units);
    }

    private static TestLine withQuota(TestLicensor licensor, Path folder, LedgerDatabase database, int units) {
        TestLine line = new TestLine(licensor, folder, database);
        assertThat(line.ledger.admitLicense(
                        line.licensor.sign(line.licensor.licenseFor(units).build())))
                .isInstanceOf(AdmitResult.Admitted.class);
        return line;
    }

    public Path ledgerFolder() {
        return folder.resolve("ledger");
    }

    public Path witnessFolder() {
        return folder.resolve("witness");
    }

    public LedgerBuilder ledgerBuilder() {
        return ledgerBuilder(request -> witness.exchange(request));
    }

    public LedgerBuilder ledgerBuilder(WitnessClient way) {
        return LineLedger.builder()
                .database(database)
                .line(licensor.line())
                .trust(licensor.bundle)
                .key(licensor.ledgerKey)
                .clock(clock)
                .witness(way);
    }

    public Witness openWitness() {
        return Witness.open(witnessFolder(), licensor.bundle, licensor.witnessKey, clock);
    }

    /** As after a power cut: nothing is closed in good order but the locks, which the system would have released. */
    public void reopen() {
        close();
        reopenLedger();
    }

    /** Opens both again after {@link #close()}. */
    public void reopenLedger() {
        witness = openWitness();
        ledger = ledgerBuilder().open();
    }

    public ClaimResult claim(String name) {
        return ledger.claim(Leaves.digest("key " + name), Leaves.digest("hardware " + name), "card-1");
    }

    /** Claims and takes every step up to INSTALLED. */
    public String install(String name) {
        ClaimResult claim = claim(name);
        assertThat(claim).isInstanceOf(ClaimResult.Granted.class);
        String serial = ((ClaimResult.Granted) claim).unit().serial();
        for (UnitState step : List.of(UnitState.CERTIFIED, UnitState.INSTALLED)) {
            assertThat(ledger.advance(serial, step, "card-1", Map.of())).isInstanceOf(AdvanceResult.Advanced.class);
        }
        return serial;
    }

    /** Everything up to BORN. */
    public String bear(String name) {
        String serial = install(name);
        append(ledger.append(Leaves.born(serial, name), Map.of()));
        return serial;
    }

    /** Everything up to ACCEPTED, with one attempt that passed. */
    public String accept(String name) {
        String serial = bear(name);
        long opened = append(ledger.openFlight(serial, "card-1", Leaves.opening("nonce " + name)));
        long closed =
                append(ledger.append(Leaves.closed(serial, opened, FlightOutcome.FLIGHT_OUTCOME_PASS, 1), Map.of()));
        append(ledger.append(Leaves.accepted(serial, closed), Map.of()));
        return serial;
    }

    /** Admits an authorisation for so many units; the result is what transfers cite. */
    public ByteString admitExportAuthorisation(int quantity) {
        Envelope envelope = licensor.exportAuthorisation(quantity);
        assertThat(ledger.admitExportAuthorisation(envelope)).isInstanceOf(AdmitResult.Admitted.class);
        return ByteString.copyFrom(
                Digest.sha256(envelope.getPayload().toByteArray()).bytes());
    }

    public static long append(AppendResult result) {
        assertThat(result).isInstanceOf(AppendResult.Appended.class);
        return ((AppendResult.Appended) result).index();
    }

    @Override
    public void close() {
        ledger.close();
        witness.close();
    }
}
