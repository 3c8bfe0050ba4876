package io.kryla.mcap;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named key-value pairs about the recording.
 *
 * @param entries ascending by key
 */
public record McapMetadata(String name, SortedMap<String, String> entries) {
    public McapMetadata {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }
}
