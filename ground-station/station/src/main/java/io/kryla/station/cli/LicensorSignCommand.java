package io.kryla.station.cli;

import io.kryla.factory.licensor.Draft;
import io.kryla.keys.Digest;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.keys.OpenKey;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.Envelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla licensor sign}. */
@Command(
        name = "sign",
        description = "Read a draft, and sign it with --yes. Needs nothing but the draft and the signer's own key.",
        mixinStandardHelpOptions = true)
final class LicensorSignCommand extends KrylaCommand {
    @Parameters(paramLabel = "DRAFT", description = "The draft; the signature is put into it.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Option(names = "--yes", description = "Sign; without it the draft is only shown.")
    private boolean yes;

    @Override
    CommandResult run(FrontDoor door) {
        Envelope draft = DocumentFiles.readEnvelope(file);
        if (!Draft.isDraft(draft)) {
            throw CommandFailure.usage(
                    "NOT_A_DRAFT",
                    "nothing that holders of license keys sign",
                    file.toString(),
                    "check that it is the right file");
        }
        List<String> lines = new ArrayList<>(DraftText.of(draft));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                "payload_sha256",
                Digest.sha256(draft.getPayload().toByteArray()).hex());
        if (!yes) {
            lines.add("Not signed: " + draft.getSignaturesCount() + " signatures so far; sign with --yes");
            details.put("signatures", draft.getSignaturesCount());
            return CommandResult.pass(lines, List.of(), details);
        }
        char[] pin = key.pin();
        try (OpenKey opened = key.place("license").open(pin)) {
            if (Draft.isSignedBy(draft, opened.signer().key())) {
                throw CommandFailure.usage(
                        "SIGNED_ALREADY",
                        "this key has signed it",
                        file.toString(),
                        "hand it to another person; the same key counts once");
            }
            Envelope signed = Draft.sign(draft, opened.signer());
            DocumentFiles.write(file, signed);
            lines.add("Signed: " + signed.getSignaturesCount() + " signatures now");
            details.put("signatures", signed.getSignaturesCount());
            return CommandResult.pass(lines, List.of(file), details);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
