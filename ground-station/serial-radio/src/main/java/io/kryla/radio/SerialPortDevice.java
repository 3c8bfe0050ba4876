package io.kryla.radio;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A serial port of this machine, 8 data bits, no parity, one stop bit, opened by nobody else meanwhile. */
public final class SerialPortDevice implements SerialDevice {
    /** How long {@link SerialEnd#read} waits; a close is noticed by then. */
    private static final int READ_MILLIS = 200;

    private static final int WRITE_MILLIS = 2_000;
    private static final int ENOENT = 2;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int EAGAIN_OF_MACOS = 35;

    private final String name;
    private final int baud;
    private final boolean hardwareFlowControl;

    /**
     * @param name a path such as {@code /dev/ttyUSB0}, or {@code COM3}
     * @param hardwareFlowControl RTS/CTS, for modems that hold the sender up
     */
    public SerialPortDevice(String name, int baud, boolean hardwareFlowControl) {
        if (baud < 1_200 || baud > 4_000_000) {
            throw new IllegalArgumentException("baud is " + baud + ", 1,200 to 4,000,000 are possible");
        }
        this.name = name;
        this.baud = baud;
        this.hardwareFlowControl = hardwareFlowControl;
    }

    /**
     * Ports of this process are closed when it is told to end; from now on only once that thread has ended, so that it can still
     * say good-bye. One that takes longer than {@code most} is not waited for.
     */
    public static void keepOpenWhile(Thread running, Duration most) {
        SerialPort.addShutdownHook(new Thread(
                () -> {
                    try {
                        running.join(most.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "kryla-serial-stop"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SerialEnd open() {
        SerialPort port;
        try {
            port = SerialPort.getCommPort(name);
        } catch (SerialPortInvalidPortException e) {
            throw missing();
        }
        port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        port.setFlowControl(
                hardwareFlowControl
                        ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
                        : SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(
                SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, READ_MILLIS, WRITE_MILLIS);
        if (!port.openPort(0)) {
            throw notOpened(port.getLastErrorCode());
        }
        return new Opened(port, name);
    }

    private KrylaException notOpened(int errno) {
        return switch (errno) {
            // Also what the library says of a port that this very process has open.
            case ENOENT -> Files.exists(Path.of(name)) ? busy() : missing();
            case EACCES ->
                new KrylaException(
                        "PORT_DENIED",
                        "serial port " + name + " may not be opened; on Linux its users are in the group dialout",
                        false);
            case EAGAIN, EAGAIN_OF_MACOS, EBUSY -> busy();
            default ->
                new KrylaException(
                        "PORT_FAILED",
                        "serial port " + name + " cannot be opened at " + baud + " baud (error " + errno
                                + "); is it a serial port?",
                        true);
        };
    }

    private KrylaException busy() {
        return new KrylaException(
                "PORT_BUSY", "serial port " + name + " is in use; end the program that has it open", true);
    }

    private KrylaException missing() {
        return new KrylaException(
                "PORT_MISSING", "there is no serial port " + name + "; plug it in or name another", true);
    }

    private record Opened(SerialPort port, String name) implements SerialEnd {
        @Override
        public int read(byte[] into) throws IOException {
            int count = port.readBytes(into, into.length);
            if (count < 0) {
                throw new IOException("serial port " + name + " is gone");
            }
            return count;
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            int written = 0;
            while (written < length) {
                int count = port.writeBytes(bytes, length - written, written);
                if (count <= 0) {
                    throw new IOException("serial port " + name + " takes no bytes");
                }
                written += count;
            }
        }

        @Override
        public void close() {
            port.closePort();
        }
    }
}
