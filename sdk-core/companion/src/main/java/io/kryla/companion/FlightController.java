package io.kryla.companion;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Command;
import io.kryla.v1.Sample;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flight controller at the other end of two byte streams: samples come, commands go, each behind its length as a varint
 * (docs/device.md). Two threads of its own read and write, so that neither end can stall the flight: a reader that is ahead
 * waits, and commands for which there is no room are not taken. All methods are the flight thread's.
 */
final class FlightController {
    private static final Logger LOG = LoggerFactory.getLogger(FlightController.class);
    /** Longer than any record, so that what is refused for its length is refused with the profile's reason. */
    private static final int LONGEST_SAMPLE_BYTES = 4096;

    private static final int MOST_WAITING = 64;

    private final InputStream in;
    private final OutputStream out;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MOST_WAITING);
    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(MOST_WAITING);
    private boolean ended;

    /** What the reader hands over: a sample, or why there is none any more. */
    private record Arrival(Optional<Sample> sample, Optional<KrylaException> fault) {}

    private FlightController(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Reads from now on. */
    static FlightController on(InputStream in, OutputStream out) {
        FlightController controller = new FlightController(in, out);
        startDaemon(controller::read, "kryla-controller-in");
        startDaemon(controller::write, "kryla-controller-out");
        return controller;
    }

    /**
     * The next sample, if one comes in time.
     *
     * @throws KrylaException CONTROLLER_MALFORMED when what came is no sample: where the next one begins is not known then;
     *     CONTROLLER_LOST when the stream broke
     */
    Optional<Sample> next(Duration within) {
        Optional<Arrival> arrival = await(within);
        arrival.flatMap(Arrival::fault).ifPresent(fault -> {
            ended = true;
            throw fault;
        });
        ended = arrival.isPresent() && arrival.get().sample().isEmpty();
        return arrival.flatMap(Arrival::sample);
    }

    /** Whether the stream has come to its end, and everything before it was taken. */
    boolean ended() {
        return ended;
    }

    /** Whether there was room; not when the flight controller has stopped reading. */
    boolean send(Command command) {
        return commands.offer(command);
    }

    private Optional<Arrival> await(Duration within) {
        try {
            return Optional.ofNullable(arrivals.poll(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void read() {
        try {
            arrivals.put(lastOf(new DataInputStream(in)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                Command command = commands.take();
                command.writeDelimitedTo(out);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the flight controller takes no more commands: {}", e.getMessage());
        }
    }

    private static void startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private Arrival lastOf(DataInputStream stream) throws InterruptedException {
        try {
            for (int length = length(stream); length >= 0; length = length(stream)) {
                byte[] sample = new byte[length];
                stream.readFully(sample);
                arrivals.put(new Arrival(Optional.of(Sample.parseFrom(sample)), Optional.empty()));
            }
            return new Arrival(Optional.empty(), Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            return fault(malformed("a sample is no message"));
        } catch (EOFException e) {
            return fault(malformed("the input ends within a sample"));
        } catch (KrylaException e) {
            return fault(e);
        } catch (IOException e) {
            return fault(lost(e));
        }
    }

    private static Arrival fault(KrylaException fault) {
        return new Arrival(Optional.empty(), Optional.of(fault));
    }

    /** -1 at the end of the stream. */
    private static int length(DataInputStream stream) throws IOException {
        int length = 0;
        for (int shift = 0; length <= LONGEST_SAMPLE_BYTES && shift <= 14; shift += 7) {
            int next = stream.read();
            if (next < 0) {
                if (shift == 0) {
                    return -1;
                }
                throw new EOFException();
            }
            length |= (next & 0x7f) << shift;
            if (next < 0x80 && length <= LONGEST_SAMPLE_BYTES) {
                return length;
            }
        }
        throw malformed("a length above " + LONGEST_SAMPLE_BYTES + " bytes");
    }

    private static KrylaException malformed(String what) {
        return new KrylaException(
                "CONTROLLER_MALFORMED",
                "the flight controller's output is not samples behind their lengths: " + what
                        + "; check what is connected, and its rate if it is a serial line",
                false);
    }

    private static KrylaException lost(IOException cause) {
        return new KrylaException(
                "CONTROLLER_LOST",
                "the flight controller's stream broke: " + cause.getMessage() + "; check its connection",
                true,
                cause);
    }
}
