package io.kryla.radio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A pseudo-terminal that a program opens as its serial port, its far side in the hands of the test; by socat. */
final class Pty implements AutoCloseable {
    private final Path port;
    private final Process socat;

    Pty(Path port) throws IOException {
        this.port = port;
        Files.deleteIfExists(port);
        this.socat = new ProcessBuilder("socat", "-b4096", "STDIO", "PTY,raw,echo=0,link=" + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(port));
    }

    /** What the program calls its port. */
    String port() {
        return port.toString();
    }

    /** What the program writes to its port. */
    InputStream fromPort() {
        return socat.getInputStream();
    }

    /** What the program will read from its port. */
    OutputStream toPort() {
        return socat.getOutputStream();
    }

    /** The device is pulled out. */
    @Override
    public void close() throws IOException {
        socat.destroy();
        try {
            socat.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(port);
    }
}
