package io.kryla.ground.record;

import java.nio.file.Path;

/** What became of a damaged or unfinished recording. */
public sealed interface RepairResult {

    /**
     * What is wrong with the file: the first thing that was met.
     *
     * @param code of the container, such as TRUNCATED or BAD_CRC, or of the layout
     * @param where a byte offset or a leaf
     */
    record Damage(String code, String where, String reason) {}

    /**
     * A new file holds everything up to the last checkpoint that is whole.
     *
     * @param leaves in the new file: from leaf 0 on, all of them under a checkpoint
     * @param leavesDropped read from the damaged file, but under no checkpoint that is left: nobody could verify them
     * @param bytesUnread of the damaged file, from the damage on; what they held is unknown
     * @param closed whether the last leaf closes the log: then nothing of the flight is missing
     */
    record Repaired(
            Path file,
            long sizeBytes,
            long leaves,
            long checkpoints,
            long leavesDropped,
            long bytesUnread,
            boolean closed,
            Damage damage)
            implements RepairResult {}

    /** The recording is whole: no file was written. */
    record Undamaged(long leaves) implements RepairResult {}

    /** Nothing that could be verified is left of it: no file was written. */
    record Unrepairable(Damage damage) implements RepairResult {}
}
