package io.kryla.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The codec and protobuf-java write and read the same bytes. */
class CodecProperties {
    private final VehicleSample out = new VehicleSample();
    private final RecordView view = new RecordView();

    @Property(tries = 3000)
    void encodesWhatProtobufEncodes(@ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double absent) {
        Sample sample = VehicleSamples.any(new Random(seed), absent);
        byte[] expected = sample.toByteArray();
        byte[] buffer = new byte[expected.length + 9];

        int end = out.set(sample).encodeInto(buffer, 4);

        assertThat(Arrays.copyOfRange(buffer, 4, end)).isEqualTo(expected);
        assertThat(out.encodedLength()).isEqualTo(expected.length);
    }

    @Property(tries = 2000)
    void readsWhatProtobufReads(
            @ForAll long seed,
            @ForAll @LongRange(min = 0) long leafIndex,
            @ForAll @IntRange(min = 1, max = 20) int samples,
            @ForAll @DoubleRange(min = 0, max = 1) double absent) {
        TelemetryRecord record = VehicleSamples.record(leafIndex, samples(new Random(seed), samples, absent));
        byte[] encoded = record.toByteArray();
        byte[] shifted = new byte[encoded.length + 11];
        System.arraycopy(encoded, 0, shifted, 5, encoded.length);

        assertThat(view.wrap(shifted, 5, encoded.length)).isTrue();

        VehicleSamples.assertSame(view, record);
    }

    /** Whatever bytes come: if the view takes them, then protobuf reads the same. */
    @Property(tries = 4000)
    void neverReadsAnythingThatProtobufReadsOtherwise(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        byte[] bytes = VehicleSamples.record(random.nextInt(300), samples(random, 2, random.nextDouble()))
                .toByteArray();
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;

        if (view.wrap(bytes, 0, length)) {
            TelemetryRecord parsed = TelemetryRecord.parseFrom(Arrays.copyOf(bytes, length));
            VehicleSamples.assertSame(view, parsed);
        } else {
            assertThat(view.samples()).isZero();
        }
    }

    private static List<Sample> samples(Random random, int count, double absent) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(random.nextInt(5) == 0 ? VehicleSamples.complete(random) : VehicleSamples.any(random, absent));
        }
        return samples;
    }
}
