package io.kryla.station.cli;

import io.kryla.factory.licensor.NamedKeys;
import io.kryla.identity.DocumentResult;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.NamedKey;
import java.nio.file.Path;
import java.util.List;

/** Public keys that {@code kryla licensor key} wrote. */
final class NamedKeyFiles {
    private NamedKeyFiles() {}

    static List<NamedKey> read(List<Path> files) {
        return files.stream().map(NamedKeyFiles::read).toList();
    }

    private static NamedKey read(Path file) {
        DocumentResult<NamedKey> result = NamedKeys.open(DocumentFiles.readEnvelope(file));
        if (result instanceof DocumentResult.Rejected<NamedKey> rejected) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    rejected.code().name(),
                    rejected.reason(),
                    file.toString(),
                    "get it anew from its holder, as 'kryla licensor key' writes it");
        }
        return ((DocumentResult.Verified<NamedKey>) result).document();
    }
}
