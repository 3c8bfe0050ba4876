package io.kryla.factory.ledger;

import io.kryla.tlog.SignedCheckpoint;
import java.nio.file.Path;

final class TileExport {
    private TileExport() {}

    static CosignResult write(Path folder, SignedCheckpoint checkpoint, LeafLog log) {
        throw new UnsupportedOperationException();
    }
}
