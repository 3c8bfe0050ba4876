package io.kryla.station.cli;

import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kryla witness import}. */
@Command(
        name = "import",
        description = "Take witnesses' answers into the line's ledger; of several witnesses, all files at once.",
        mixinStandardHelpOptions = true)
final class WitnessImportCommand extends KrylaCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What kryla witness cosign wrote.")
    @SuppressWarnings("NullAway.Init") // required
    private List<Path> files;

    @Mixin
    private LineOptions line = new LineOptions();

    @Override
    CommandResult run(FrontDoor door) {
        List<byte[]> answers = new ArrayList<>();
        files.forEach(file -> answers.addAll(MessageFile.read(file)));
        Premises premises = line.premises(door);
        try (ProductionLine open = line.open(premises, WitnessClient.none())) {
            CosignResult result = open.ledger().takeWitnessResponses(answers);
            if (result instanceof Refused refused) {
                Finding finding = new Finding(refused.code(), files.get(0).toString(), "answers", refused.reason());
                return CommandResult.failed(List.of(), List.of(finding), List.of(), Map.of("line", open.name()));
            }
            long cosigned = ((CosignResult.Cosigned) result).size();
            long left = open.ledger().size() - cosigned;
            return CommandResult.pass(
                    List.of(open.name() + ": " + cosigned + " leaves are cosigned, " + left + " are not yet"),
                    List.of(),
                    Map.of("line", open.name(), "cosigned_size", cosigned, "not_cosigned", left));
        }
    }
}
