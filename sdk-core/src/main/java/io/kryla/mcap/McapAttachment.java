package io.kryla.mcap;

import java.util.Arrays;

/** A document carried inside the recording. */
public final class McapAttachment {
    private final String name;
    private final String mediaType;
    private final long logTimeNanos;
    private final long createTimeNanos;
    private final byte[] data;

    private McapAttachment(String name, String mediaType, long logTimeNanos, long createTimeNanos, byte[] unshared) {
        this.name = name;
        this.mediaType = mediaType;
        this.logTimeNanos = logTimeNanos;
        this.createTimeNanos = createTimeNanos;
        this.data = unshared;
    }

    /** An attachment without times. */
    public static McapAttachment of(String name, String mediaType, byte[] data) {
        return new McapAttachment(name, mediaType, 0, 0, data.clone());
    }

    static McapAttachment read(String name, String mediaType, long logTime, long createTime, byte[] unshared) {
        return new McapAttachment(name, mediaType, logTime, createTime, unshared);
    }

    public String name() {
        return name;
    }

    public String mediaType() {
        return mediaType;
    }

    public long logTimeNanos() {
        return logTimeNanos;
    }

    /** Zero when not available. */
    public long createTimeNanos() {
        return createTimeNanos;
    }

    public byte[] data() {
        return data.clone();
    }

    public int size() {
        return data.length;
    }

    byte[] dataUnshared() {
        return data;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof McapAttachment that
                && name.equals(that.name)
                && mediaType.equals(that.mediaType)
                && logTimeNanos == that.logTimeNanos
                && createTimeNanos == that.createTimeNanos
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "McapAttachment[" + name + ", " + mediaType + ", " + data.length + " bytes]";
    }
}
