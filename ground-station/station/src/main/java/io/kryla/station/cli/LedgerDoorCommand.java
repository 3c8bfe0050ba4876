package io.kryla.station.cli;

import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.trial.LedgerDoor;
import io.kryla.station.trial.TrialLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla line ledger-door}: a service of a trial's line, started by the trial, for as long as its standard input is open. */
@Command(
        name = "ledger-door",
        hidden = true,
        description = "Answer the stations of a trial (started by the trial).",
        mixinStandardHelpOptions = true)
final class LedgerDoorCommand extends KrylaCommand {
    private static final int BACKLOG = 1_024;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Folder of the trial.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    CommandResult run(FrontDoor door) {
        TrialLine line = TrialLine.in(folder, database.database(), door.wallClock(), door.random());
        try (LineLedger ledger = line.open(WitnessClient.none());
                ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            LedgerDoor.serve(ledger, listening);
            out().println("LISTENING " + listening.getLocalPort());
            out().flush();
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CommandResult.pass(List.of(), List.of(), Map.of());
    }
}
