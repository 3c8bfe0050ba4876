package io.kryla.station.trial;

import java.util.ArrayList;
import java.util.List;

/** Numbers operations as they end and keeps them. Safe for any thread. */
final class RaceRecorder {
    private final List<Operation> operations = new ArrayList<>();

    /** The same operation with its number. */
    synchronized Operation record(Operation ended) {
        Operation numbered = new Operation(
                operations.size() + 1,
                ended.station(),
                ended.kind(),
                ended.key(),
                ended.hardware(),
                ended.serial(),
                ended.begunNanos(),
                ended.endedNanos(),
                ended.outcome(),
                ended.code(),
                ended.leafIndex());
        operations.add(numbered);
        return numbered;
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }
}
