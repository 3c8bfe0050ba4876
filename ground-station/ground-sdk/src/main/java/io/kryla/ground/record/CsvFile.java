package io.kryla.ground.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A CSV file that appears under its name only when it is whole: UTF-8 without a byte order mark, lines end in CR LF. */
final class CsvFile implements AutoCloseable {
    private final Path target;
    private final Path unfinished;
    private final FileChannel file;
    private final Writer writer;
    private long rows;

    private CsvFile(Path target, Path unfinished, FileChannel file) {
        this.target = target;
        this.unfinished = unfinished;
        this.file = file;
        this.writer = new BufferedWriter(
                new OutputStreamWriter(Channels.newOutputStream(file), StandardCharsets.UTF_8), 1 << 16);
    }

    static CsvFile create(Path target) throws IOException {
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".partial");
        return new CsvFile(
                target,
                unfinished,
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE));
    }

    void header(String line) throws IOException {
        writer.append(line);
    }

    void row(CharSequence line) throws IOException {
        writer.append(line);
        rows++;
    }

    long rows() {
        return rows;
    }

    /** Forces everything to the medium: after it only the name is missing. */
    void sync() throws IOException {
        writer.flush();
        file.force(true);
    }

    void commit() throws IOException {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes what was not committed. */
    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(unfinished);
    }
}
