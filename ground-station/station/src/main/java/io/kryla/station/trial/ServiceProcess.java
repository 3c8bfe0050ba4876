package io.kryla.station.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A service of the line as a process of its own, which can be killed and made to stand still. It says {@code LISTENING port} on
 * standard output when it is ready, and ends when its standard input does, so that it never outlives its maker.
 *
 * <p>Safe for any thread: whoever asks for the address waits while it is started again.
 */
final class ServiceProcess implements AutoCloseable {
    static final String READY = "LISTENING ";

    private final List<String> command;
    private final Path log;
    private Process process;
    private InetSocketAddress address;

    private ServiceProcess(List<String> command, Path log, Process process, InetSocketAddress address) {
        this.command = command;
        this.log = log;
        this.process = process;
        this.address = address;
    }

    /** @param log where its standard error goes */
    static ServiceProcess start(List<String> command, Path log) {
        Process process = launch(command, log);
        return new ServiceProcess(command, log, process, awaitReady(process, log));
    }

    private static Process launch(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress awaitReady(Process process, Path log) {
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line != null && line.startsWith(READY)) {
                int port = Integer.parseInt(line.substring(READY.length()));
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            }
            throw new TrialException("the service did not start; see " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized InetSocketAddress address() {
        return address;
    }

    /** SIGKILL, and a new process in its place. */
    synchronized void killAndRestart() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrialException("interrupted while a killed service ended");
        }
        process = launch(command, log);
        address = awaitReady(process, log);
    }

    /** SIGSTOP: it stands still in the middle of whatever it does. */
    void standStill() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() {
        signal("-CONT");
    }

    private synchronized void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrialException("interrupted while a service was sent " + signal);
        }
    }

    /** Kills it, and waits until the system has taken its locks from it. */
    @Override
    public synchronized void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
