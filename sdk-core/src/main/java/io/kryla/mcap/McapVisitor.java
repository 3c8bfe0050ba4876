package io.kryla.mcap;

/**
 * Receives what a reader finds, in file order and on the reading thread. What was delivered before a file turned out to
 * be rejected or cut off stays delivered: act on it only after the result is known, unless a prefix is what you want.
 */
public interface McapVisitor {
    /** Asked ahead of every record of the data section, chunks as a whole; false ends the reading. */
    default boolean wantsMore() {
        return true;
    }

    default void onHeader(String profile, String library) {}

    default void onSchema(int id, McapSchema schema) {}

    default void onChannel(McapChannel channel) {}

    default void onMessage(McapChannel channel, McapMessage message) {}

    default void onAttachment(McapAttachment attachment) {}

    default void onMetadata(McapMetadata metadata) {}
}
