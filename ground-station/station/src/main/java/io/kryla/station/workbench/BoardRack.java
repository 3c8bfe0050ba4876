package io.kryla.station.workbench;

import io.kryla.airframe.StorageEntry;
import io.kryla.station.bench.SimulatedBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * Simulated boards of a bench, in one folder: each slot takes the next one of its own, one that an earlier run left
 * unfinished first. Safe for several slots at once, since no two look at the same boards.
 */
final class BoardRack {
    private final Path folder;
    private final String designOid;
    private final X509Certificate root;
    private final SecureRandom random;

    BoardRack(Path folder, String designOid, X509Certificate root, SecureRandom random) {
        this.folder = folder;
        this.designOid = designOid;
        this.root = root;
        this.random = random;
    }

    /** @param slot from 1 */
    SimulatedBoard next(int slot) {
        int number = 1;
        while (Files.exists(board(slot, number)) && isBorn(make(slot, number))) {
            number++;
        }
        return make(slot, number);
    }

    private static boolean isBorn(SimulatedBoard board) {
        return board.storage().read(StorageEntry.BIRTH_COMMIT).isPresent();
    }

    private SimulatedBoard make(int slot, int number) {
        return SimulatedBoard.make(board(slot, number), designOid, root, 1_000L * slot + number, random);
    }

    private Path board(int slot, int number) {
        return folder.resolve(String.format(Locale.ROOT, "slot-%d-%04d", slot, number));
    }
}
