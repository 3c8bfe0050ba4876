package io.kryla.mcap;

/** How the records inside a chunk are compressed; the names are those of the MCAP registry. */
public enum Compression {
    NONE(""),
    ZSTD("zstd");

    private final String mcapName;

    Compression(String mcapName) {
        this.mcapName = mcapName;
    }

    /** As it stands in the file: {@code ""} or {@code "zstd"}. */
    public String mcapName() {
        return mcapName;
    }
}
