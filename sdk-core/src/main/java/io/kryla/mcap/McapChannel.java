package io.kryla.mcap;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stream of messages on a topic.
 *
 * @param id unique within its file
 * @param schemaId of the schema in the same file; 0 for none
 * @param messageEncoding by the MCAP registry, such as {@code "protobuf"}
 * @param metadata ascending by key
 */
public record McapChannel(
        int id, int schemaId, String topic, String messageEncoding, SortedMap<String, String> metadata) {

    public McapChannel {
        if (id < 0 || id > 0xffff || schemaId < 0 || schemaId > 0xffff) {
            throw new IllegalArgumentException("channel and schema ids have 16 bits: " + id + ", " + schemaId);
        }
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
