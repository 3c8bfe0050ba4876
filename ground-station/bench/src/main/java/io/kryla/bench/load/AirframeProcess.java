package io.kryla.bench.load;

import io.kryla.keys.VerificationKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The ground's end of the pipe to the process in which the {@link Airframes} are. One step after the other. */
final class AirframeProcess implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;

    private AirframeProcess(Process process) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** With the Java and the classes of this process. */
    static AirframeProcess start() throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new AirframeProcess(new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xss256k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Airframes.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    TrustPapers begin(LoadPlan plan, VerificationKey ground) throws IOException {
        plan.write(out);
        TrustPapers.writeBytes(out, ground.spki());
        out.flush();
        return TrustPapers.read(in);
    }

    /** Waits until all airframes are made; returns where their flight time begins on the clock that both processes share. */
    long awaitEpochNanos() throws IOException {
        return in.readLong();
    }

    /** Returns when every airframe has its session. */
    void connect(int port) throws IOException {
        out.writeInt(port);
        out.flush();
        in.readLong();
    }

    /** @param cpuSeconds of the airframes' process */
    record Flown(long samples, double cpuSeconds) {}

    Flown fly(int seconds) throws IOException {
        out.writeInt(seconds);
        out.flush();
        long cpuNanos = in.readLong();
        return new Flown(in.readLong(), cpuNanos / 1e9);
    }

    @Override
    public void close() {
        try {
            out.writeInt(0);
            out.flush();
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
