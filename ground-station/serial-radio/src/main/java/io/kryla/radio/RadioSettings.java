package io.kryla.radio;

import io.kryla.radio.stream.StreamTimes;
import java.time.Duration;

/**
 * What a line carries.
 *
 * @param bytesPerSecond each way; never more is handed to the device, so that what waits can still be chosen
 * @param times of the streams
 */
public record RadioSettings(int bytesPerSecond, StreamTimes times) {
    /** Start, stop and eight data bits. */
    private static final int BITS_PER_BYTE = 10;

    public RadioSettings {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + ", at least 1 is needed");
        }
    }

    public static RadioSettings ofBaud(int baud) {
        return new RadioSettings(baud / BITS_PER_BYTE, StreamTimes.STANDARD);
    }

    long nanosFor(int bytes) {
        return Duration.ofSeconds(bytes).toNanos() / bytesPerSecond;
    }
}
