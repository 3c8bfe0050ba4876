package io.kryla.mcap;

import java.io.IOException;

/**
 * Takes the summary in the order of the file: a writer writes it, a strict reader compares it.
 *
 * @param <E> how it says that the file is not what it should be
 */
interface SummarySink<E extends Exception> {
    void records(RecordBuffer records) throws IOException, E;

    /** The group's records, all of them. */
    void indexes(IndexGroup group) throws IOException, E;

    /** Of everything since the summary began. */
    long crc32();
}
