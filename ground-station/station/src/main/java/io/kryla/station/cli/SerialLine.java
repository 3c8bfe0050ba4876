package io.kryla.station.cli;

import io.kryla.radio.RadioSettings;
import io.kryla.radio.SerialDevice;
import io.kryla.radio.SerialPortDevice;
import io.kryla.station.outcome.CommandFailure;

/** {@code DEVICE[:BAUD]} as a person types it: {@code /dev/ttyUSB0} or {@code COM3:115200}. */
record SerialLine(String device, int baud) {
    private static final int USUAL_BAUD = 57_600;
    private static final int LEAST_BAUD = 1_200;
    private static final int MOST_BAUD = 4_000_000;

    /** @throws CommandFailure SERIAL_MALFORMED */
    static SerialLine parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return of(text, Integer.toString(USUAL_BAUD), text);
        }
        return of(text.substring(0, colon), text.substring(colon + 1), text);
    }

    private static SerialLine of(String device, String baud, String text) {
        if (!device.isEmpty() && baud.matches("[0-9]{1,7}")) {
            int rate = Integer.parseInt(baud);
            if (rate >= LEAST_BAUD && rate <= MOST_BAUD) {
                return new SerialLine(device, rate);
            }
        }
        throw CommandFailure.usage(
                "SERIAL_MALFORMED",
                "DEVICE or DEVICE:BAUD expected, 1200 to 4000000 baud",
                "--serial " + text,
                "for example /dev/ttyUSB0:57600");
    }

    /** For the command on the caller's thread: stays open while that ends in good order. */
    SerialDevice port() {
        SerialPortDevice.keepOpenWhile(Thread.currentThread(), Interruption.CLOSE);
        return new SerialPortDevice(device, baud, false);
    }

    RadioSettings settings() {
        return RadioSettings.ofBaud(baud);
    }
}
