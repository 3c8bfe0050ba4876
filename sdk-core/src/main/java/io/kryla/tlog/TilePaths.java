package io.kryla.tlog;

import java.util.ArrayList;
import java.util.List;

/** Where things lie in a static log (C2SP tlog-tiles): checkpoint, hash tiles, entry bundles. Relative, with slashes. */
public final class TilePaths {
    public static final String CHECKPOINT = "checkpoint";

    /** Hashes of a full tile, entries of a full bundle. */
    public static final int FULL_WIDTH = 256;

    private static final int MOST_LEVELS = 8;

    private TilePaths() {}

    /** A hash tile of 1 to 256 hashes. */
    public static String tile(int level, long index, int width) {
        return "tile/" + level + "/" + indexed(index, width);
    }

    /** An entry bundle of 1 to 256 entries. */
    public static String entries(long index, int width) {
        return "tile/entries/" + indexed(index, width);
    }

    /** Every file of a log of that size, the checkpoint included, in the order of bundles, tiles by level, checkpoint. */
    public static List<String> all(long size) {
        List<String> paths = new ArrayList<>();
        for (TileId bundle : level(0, size)) {
            paths.add(entries(bundle.index(), bundle.width()));
        }
        for (TileId tile : tiles(size)) {
            paths.add(tile(tile.level(), tile.index(), tile.width()));
        }
        paths.add(CHECKPOINT);
        return paths;
    }

    /** The hash tiles of a log of that size. */
    static List<TileId> tiles(long size) {
        List<TileId> tiles = new ArrayList<>();
        for (int level = 0; level < MOST_LEVELS; level++) {
            tiles.addAll(level(level, size));
        }
        return tiles;
    }

    /** The tiles of one level: the full ones, then a partial one if hashes are left over. */
    static List<TileId> level(int level, long size) {
        long hashes = size >> (8 * level);
        List<TileId> tiles = new ArrayList<>();
        long full = hashes / FULL_WIDTH;
        for (long index = 0; index < full; index++) {
            tiles.add(new TileId(level, index, FULL_WIDTH));
        }
        int rest = (int) (hashes % FULL_WIDTH);
        if (rest > 0) {
            tiles.add(new TileId(level, full, rest));
        }
        return tiles;
    }

    private static String indexed(long index, int width) {
        if (index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException(
                    "index, width: not negative and 1 to 256 expected, got " + index + ", " + width);
        }
        String path = threeDigits(index);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x" + threeDigits(rest) + "/" + path;
        }
        return width == FULL_WIDTH ? path : path + ".p/" + width;
    }

    private static String threeDigits(long index) {
        String digits = Long.toString(index % 1000);
        return "000".substring(digits.length()) + digits;
    }
}
