package io.kryla.station.trial;

import io.kryla.keys.Digest;
import io.kryla.station.trial.Operation.Kind;
import io.kryla.station.trial.Operation.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One station of a race: provisions boards until the quota is spent, asks again when no answer came, and now and then does what
 * happens at a bench: breaks off a connection, gives a board up, offers a cloned one. Confined to its thread.
 *
 * <p>To the services a station that dies is a connection that ends, so a station is a connection and not a process.
 */
final class RaceStation {
    private static final int ANSWER_TIMEOUT_MILLIS = 60_000;
    private static final int MOST_TRIES = 200;
    private static final double BREAKS_OFF = 0.01;
    private static final double GIVES_UP = 0.03;
    private static final double IS_CLONED = 0.03;

    private record Board(String key, String hardware) {}

    private final int number;
    private final List<ServiceProcess> services;
    private final RaceFaults faults;
    private final RaceRecorder recorder;
    private final RandomGenerator chance;
    private final LongSupplier monotonicNanos;
    private Optional<Socket> connection = Optional.empty();
    private int connections;
    private int keys;

    RaceStation(
            int number,
            List<ServiceProcess> services,
            RaceFaults faults,
            RaceRecorder recorder,
            RandomGenerator chance,
            LongSupplier monotonicNanos) {
        this.number = number;
        this.services = services;
        this.faults = faults;
        this.recorder = recorder;
        this.chance = chance;
        this.monotonicNanos = monotonicNanos;
    }

    /** Works until a board is refused because the quota is spent. */
    void run() {
        for (int board = 1; provision(hash("hardware " + board)); board++) {
            // until the quota is spent
        }
        disconnect();
    }

    /** Whether there may be a place for another board. */
    private boolean provision(String hardware) {
        Board board = new Board(hash("key " + keys++), hardware);
        Operation claim = ask(Kind.CLAIM, board, "-");
        if (claim.outcome() == Outcome.REFUSED) {
            return false;
        }
        if (chance.nextDouble() < IS_CLONED) {
            ask(Kind.CLAIM, new Board(hash("key " + keys++), hardware), "-");
        }
        if (chance.nextDouble() < GIVES_UP) {
            ask(Kind.VOID, board, claim.serial());
            return provision(hardware);
        }
        for (Kind step : List.of(Kind.CERTIFY, Kind.INSTALL, Kind.BEAR)) {
            ask(step, board, claim.serial());
        }
        return true;
    }

    private String hash(String what) {
        return Digest.sha256(("station " + number + ' ' + what).getBytes(StandardCharsets.US_ASCII))
                .hex();
    }

    /** Asks until there is an answer; every try is an operation of its own. */
    private Operation ask(Kind kind, Board board, String serial) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            long begun = monotonicNanos.getAsLong();
            String[] answer = exchange(kind + " " + board.key() + ' ' + board.hardware() + ' ' + serial)
                    .orElse("FAILED NO_ANSWER")
                    .split(" ");
            long ended = monotonicNanos.getAsLong();
            boolean done = answer[0].equals("DONE");
            Operation operation = recorder.record(new Operation(
                    0,
                    number,
                    kind,
                    board.key(),
                    board.hardware(),
                    done ? answer[1] : serial.replace("-", ""),
                    begun,
                    ended,
                    done ? Outcome.DONE : answer[0].equals("REFUSED") ? Outcome.REFUSED : Outcome.UNANSWERED,
                    done ? "" : answer[1],
                    done ? Long.parseLong(answer[2]) : -1));
            if (operation.outcome() != Outcome.UNANSWERED) {
                faults.answered();
                return operation;
            }
        }
        throw new TrialException("station " + number + " had no answer in " + MOST_TRIES + " tries; is the disk full?");
    }

    /** Empty when the connection ended first, by the service's end or because the station breaks it off. */
    private Optional<String> exchange(String request) {
        try {
            Socket socket = connect();
            socket.getOutputStream().write((request + '\n').getBytes(StandardCharsets.US_ASCII));
            if (chance.nextDouble() < BREAKS_OFF) {
                socket.setSoLinger(true, 0); // a reset, as of a process that was killed
                disconnect();
                return Optional.empty();
            }
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null) {
                disconnect();
            }
            return Optional.ofNullable(answer);
        } catch (IOException e) {
            disconnect();
            return Optional.empty();
        }
    }

    private Socket connect() throws IOException {
        if (connection.isEmpty()) {
            ServiceProcess service = services.get((number + connections++) % services.size());
            Socket socket = new Socket();
            connection = Optional.of(socket);
            socket.connect(service.address(), ANSWER_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
        }
        return connection.get();
    }

    private void disconnect() {
        connection.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone either way
            }
        });
        connection = Optional.empty();
    }
}
