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

    /** First of all, once. */
    default void onHeader(String profile, String library) {}

    /** A schema, before the first channel that names it. */
    default void onSchema(int id, McapSchema schema) {}

    /** A channel, before its first message. */
    default void onChannel(McapChannel channel) {}

    /** A message, in the order of the file. */
    default void onMessage(McapChannel channel, McapMessage message) {}

    /** A file inside the recording. */
    default void onAttachment(McapAttachment attachment) {}

    /** Named strings about the recording. */
    default void onMetadata(McapMetadata metadata) {}
}
