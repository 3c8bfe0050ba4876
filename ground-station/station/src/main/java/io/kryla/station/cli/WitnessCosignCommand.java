package io.kryla.station.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.witness.Witness;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla witness cosign}. */
@Command(
        name = "cosign",
        description = "Judge a line's request file as its witness, and write the answers into another.",
        mixinStandardHelpOptions = true)
final class WitnessCosignCommand extends KrylaCommand {
    @Parameters(paramLabel = "FILE", description = "What kryla witness request wrote.")
    @SuppressWarnings("NullAway.Init") // required
    private Path request;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder with root.pem and trust-bundle.dsse; state and key lie in DIR.private.")
    private Path folder = Path.of("kryla-demo");

    @Option(names = "--out", paramLabel = "FILE", description = "The answers (default: witness-response.bin).")
    private Path out = Path.of("witness-response.bin");

    @Override
    CommandResult run(FrontDoor door) {
        List<byte[]> requests = MessageFile.read(request);
        Premises premises = Premises.open(folder, door.wallClock(), door.random());
        List<byte[]> answers = new ArrayList<>();
        try (Witness witness = premises.openWitness()) {
            for (byte[] each : requests) {
                byte[] answer = witness.exchange(each);
                answers.add(answer);
                WitnessResponse response = WitnessResponse.parseFrom(answer);
                if (response.hasRefused()) {
                    MessageFile.write(out, answers);
                    return declined(witness.name(), answers.size(), response.getRefused());
                }
            }
            MessageFile.write(out, answers);
            return CommandResult.pass(
                    List.of(witness.name() + " cosigned " + answers.size()
                            + " requests; carry the file back to the line: kryla witness import " + out.getFileName()),
                    List.of(out),
                    Map.of("witness", witness.name(), "cosigned", answers.size()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the witness answers with a WitnessResponse", e);
        }
    }

    private CommandResult declined(String witness, int number, WitnessRefused refused) {
        String leaf = refused.hasLeafIndex() ? ", leaf " + refused.getLeafIndex() : "";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("witness", witness);
        details.put("cosigned", number - 1);
        details.put("known_size", refused.getKnownSize());
        return CommandResult.failed(
                List.of(witness + " is at " + refused.getKnownSize() + " leaves"),
                List.of(new Finding(
                        refused.getCode(), request.toString(), "request " + number + leaf, refused.getDetail())),
                List.of(out),
                details);
    }
}
