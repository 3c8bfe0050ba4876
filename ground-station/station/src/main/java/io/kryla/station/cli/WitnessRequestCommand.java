package io.kryla.station.cli;

import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla witness request}. */
@Command(
        name = "request",
        description = "Write what a witness has yet to see of a line's ledger into a file.",
        mixinStandardHelpOptions = true)
final class WitnessRequestCommand extends KrylaCommand {
    @Mixin
    private LineOptions line = new LineOptions();

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Size that the witness is at, as it says with STALE_SIZE (default: what was cosigned last).")
    private @Nullable Long from;

    @Option(names = "--out", paramLabel = "FILE", description = "The file (default: witness-request.bin).")
    private Path out = Path.of("witness-request.bin");

    @Override
    CommandResult run(FrontDoor door) {
        Premises premises = line.premises(door);
        try (ProductionLine open = line.open(premises, WitnessClient.none())) {
            long size = open.ledger().size();
            if (from != null && (from < 0 || from > size)) {
                throw CommandFailure.usage(
                        "USAGE", "the ledger has " + size + " leaves", "--from " + from, "give 0 to " + size);
            }
            List<byte[]> requests =
                    open.ledger().witnessRequests(from == null ? OptionalLong.empty() : OptionalLong.of(from));
            if (requests.isEmpty()) {
                return CommandResult.pass(
                        List.of(open.name() + ": all " + size + " leaves are cosigned; nothing was written"),
                        List.of(),
                        Map.of("line", open.name(), "size", size, "requests", 0));
            }
            MessageFile.write(out, requests);
            return CommandResult.pass(
                    List.of(open.name() + ": " + requests.size() + " requests up to leaf " + (size - 1)
                            + "; carry the file to the witness: kryla witness cosign " + out.getFileName()),
                    List.of(out),
                    Map.of("line", open.name(), "size", size, "requests", requests.size()));
        }
    }
}
