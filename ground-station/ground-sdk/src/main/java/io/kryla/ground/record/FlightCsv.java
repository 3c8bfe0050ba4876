package io.kryla.ground.record;

import io.kryla.keys.KrylaException;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recorded flight as two tables for people and their spreadsheets: vehicle states, and everything else. Only what
 * was attested is in them. Both files appear together when the verdict is good enough, or none does; the same flight gives
 * the same bytes.
 */
public final class FlightCsv {
    private FlightCsv() {}

    /**
     * What was written.
     *
     * @param verdict of the recording; of a rejected one nothing was written unless it was accepted
     */
    public record Export(FlightVerdict verdict, boolean written, long samples, long events) {}

    /**
     * Verifies the recording and writes it; older files of the same names are replaced.
     *
     * @param accepted whether the verdict is good enough
     * @throws KrylaException STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED
     */
    public static Export export(
            Path flightMcap,
            FlightVerifier verifier,
            Path samplesCsv,
            Path eventsCsv,
            Predicate<FlightVerdict> accepted) {
        int rotors = 0;
        while (true) {
            try (CsvFile samples = CsvFile.create(samplesCsv);
                    CsvFile events = CsvFile.create(eventsCsv)) {
                Tables tables = new Tables(samples, events, rotors);
                FlightVerdict verdict = verifier.verify(flightMcap, tables::take);
                tables.requireWritten();
                if (tables.mostRotors > tables.rotors) {
                    rotors = tables.mostRotors; // a later state has more than the first: once more, with more columns
                    continue;
                }
                boolean written = accepted.test(verdict);
                if (written) {
                    tables.complete();
                }
                return new Export(verdict, written, samples.rows(), events.rows());
            } catch (IOException e) {
                throw StorageFault.writing(samplesCsv, e);
            }
        }
    }

    private static final class Tables {
        private final CsvFile samples;
        private final CsvFile events;
        private final EventTable eventTable = new EventTable();
        private @Nullable SampleTable sampleTable;
        private @Nullable IOException writingFailed;
        private int rotors;
        private int mostRotors;

        /** @param rotors columns for as many rotor commands; 0 for as many as the first state has */
        Tables(CsvFile samples, CsvFile events, int rotors) throws IOException {
            this.samples = samples;
            this.events = events;
            this.rotors = rotors;
            events.header(EventTable.HEADER);
        }

        /** A verifier's sink cannot throw it: kept, and what comes after is passed over. */
        void take(AttestedRecord record) {
            if (writingFailed != null) {
                return;
            }
            try {
                for (Sample sample : record.record().getSamplesList()) {
                    if (sample.hasVehicleState()) {
                        mostRotors =
                                Math.max(mostRotors, sample.getVehicleState().getRotorCommandsCount());
                        samples.row(table().row(record, sample));
                    } else {
                        events.row(eventTable.row(record, sample));
                    }
                }
            } catch (IOException e) {
                writingFailed = e;
            }
        }

        void requireWritten() throws IOException {
            if (writingFailed != null) {
                throw writingFailed;
            }
        }

        private SampleTable table() throws IOException {
            if (sampleTable == null) {
                rotors = Math.max(rotors, mostRotors);
                sampleTable = new SampleTable(rotors);
                samples.header(sampleTable.header());
            }
            return sampleTable;
        }

        void complete() throws IOException {
            table();
            samples.sync();
            events.sync();
            samples.commit();
            events.commit();
        }
    }
}
