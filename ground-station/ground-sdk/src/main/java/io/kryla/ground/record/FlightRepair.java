package io.kryla.ground.record;

import io.kryla.keys.KrylaException;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapReader;
import io.kryla.mcap.McapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Makes a whole file of a recording that was cut off or damaged. What can be verified is kept: the records up to the last
 * checkpoint ahead of the damage, byte for byte; metadata and descriptors, which no checksum of their own covers, are made
 * good. Nothing is verified here: {@link FlightVerifier} says what the new file
 * proves. The damaged file is never touched, and the new one appears under its name only when it is whole.
 */
public final class FlightRepair {
    private FlightRepair() {}

    /**
     * @param damaged a flight.mcap, or the {@code .partial} of one; hostile files end in a result
     * @param repaired must not exist; in an existing folder
     * @throws KrylaException STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED
     */
    public static RepairResult repair(Path damaged, Path repaired) {
        if (Files.exists(repaired)) {
            throw new IllegalArgumentException("repaired: a file that does not exist yet expected, got " + repaired);
        }
        Path unfinished = repaired.resolveSibling("." + repaired.getFileName() + ".repair");
        try (McapWriter writer = McapWriter.create(unfinished, FlightLayout.OPTIONS)) {
            try {
                return repair(damaged, repaired, unfinished, writer);
            } finally {
                writer.discard();
            }
        } catch (IOException e) {
            throw StorageFault.writing(repaired, e);
        }
    }

    private static RepairResult repair(Path damaged, Path repaired, Path unfinished, McapWriter writer)
            throws IOException {
        SalvagedFlight salvaged = new SalvagedFlight(writer);
        long size = read(damaged, salvaged);
        salvaged.requireWritten();
        Optional<RepairResult.Damage> damage = salvaged.damage();
        if (damage.isEmpty()) {
            return new RepairResult.Undamaged(salvaged.leaves());
        }
        if (salvaged.leaves() == 0) {
            return new RepairResult.Unrepairable(damage.get());
        }
        writer.finish();
        Files.move(unfinished, repaired, StandardCopyOption.ATOMIC_MOVE);
        return new RepairResult.Repaired(
                repaired,
                Files.size(repaired),
                salvaged.leaves(),
                salvaged.checkpoints(),
                salvaged.leavesDropped(),
                Math.max(0, size - salvaged.readBytes()),
                salvaged.closed(),
                damage.get());
    }

    /** Returns the length of the file. */
    private static long read(Path damaged, SalvagedFlight salvaged) {
        try {
            long size = Files.size(damaged);
            McapReadResult container = McapReader.readStrictly(damaged, FlightLayout.LIMITS, salvaged);
            salvaged.end(container, size);
            return size;
        } catch (IOException e) {
            throw new KrylaException(
                    StorageFault.FAILED,
                    "cannot read " + damaged + ": " + e.getMessage() + "; check the path",
                    true,
                    e);
        }
    }
}
