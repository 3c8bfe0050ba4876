package io.kryla.airframe;

import io.kryla.keys.Digest;
import io.kryla.link.DatagramLink;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Envelope;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import io.kryla.v1.UnitFlightStatement;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One boot of a provisioned airframe: a flight log of its own, and the session that carries it to the ground.
 *
 * <p>Two threads. The <em>flight thread</em>, the caller's, owns the log: every method but {@link #connect}, {@link
 * #connected} and {@link #close} is its alone. The <em>link thread</em>, the agent's, owns TLS, datagrams and
 * retransmission, and runs on the monotonic clock. Nothing that arrives from the network throws.
 */
public final class AirframeAgent implements AutoCloseable {
    private AirframeAgent() {}

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects to a ground: TLS with both sides' certificates, set-up, then datagrams. Any thread. May be called again after
     * the session ended; ends a session that lasts.
     *
     * @return completes once the session is up, exceptionally with a {@link io.kryla.keys.KrylaException} if it did not
     *     come up
     */
    public CompletableFuture<Void> connect(InetSocketAddress ground) {
        throw new UnsupportedOperationException();
    }

    /** Whether a session is up and its ground was heard of lately. Any thread. */
    public boolean connected() {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts a sample into the log; state samples wait for company as the profile allows, everything else is sealed at once.
     *
     * @param sample flight time not before that of any sample or {@link #advanceTo} so far
     */
    public void publish(Sample sample) {
        throw new UnsupportedOperationException();
    }

    /** Moves the flight clock: seals records that are due and signs a checkpoint when one is due. */
    public void advanceTo(long flightTimeNanos) {
        throw new UnsupportedOperationException();
    }

    /** Waits until fewer than 64 records are unacknowledged; false when the time passes or there is no session. */
    public boolean awaitRoom(Duration wall) {
        throw new UnsupportedOperationException();
    }

    /** The next authorised command, each once. Answer it with {@link #report}: first ACCEPTED or REFUSED. */
    public Optional<ReceivedCommand> pollCommand() {
        throw new UnsupportedOperationException();
    }

    /** Waits for the command with this id and takes it; others stay for {@link #pollCommand}. */
    public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
        throw new UnsupportedOperationException();
    }

    /**
     * Logs what became of a command, as a record of its own at the present flight time.
     *
     * @param code stable code of a refusal or failure; empty otherwise
     */
    public void report(byte[] commandId, CommandStage stage, String code) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the log: {@code LogClosed} as the last leaf, a last checkpoint, and waits until the ground has both. Nothing can
     * be published afterwards.
     */
    public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
        throw new UnsupportedOperationException();
    }

    public String serial() {
        throw new UnsupportedOperationException();
    }

    /** Counts from 1. */
    public long boot() {
        throw new UnsupportedOperationException();
    }

    public FlightOrigin logOrigin() {
        throw new UnsupportedOperationException();
    }

    public Digest firmwareSha256() {
        throw new UnsupportedOperationException();
    }

    /** Signs with the device identity that this unit took part in that flight. */
    public Envelope signStatement(UnitFlightStatement statement) {
        throw new UnsupportedOperationException();
    }

    /** Ends the session and the link thread. Does not close the log. Any thread. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Collects what a boot needs; {@link #boot()} names what is missing. */
    public static final class Builder {
        private Builder() {}

        public Builder secureElement(SecureElement secureElement) {
            throw new UnsupportedOperationException();
        }

        public Builder storage(AirframeStorage storage) {
            throw new UnsupportedOperationException();
        }

        public Builder firmware(FirmwareSlot firmware) {
            throw new UnsupportedOperationException();
        }

        /** Wall time, for the validity of certificates. */
        public Builder clock(InstantSource clock) {
            throw new UnsupportedOperationException();
        }

        /** A clock that never goes back, such as {@code System::nanoTime}. */
        public Builder monotonicNanos(LongSupplier monotonicNanos) {
            throw new UnsupportedOperationException();
        }

        public Builder random(SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        /** How to reach the ground's datagram port; UDP unless said otherwise. */
        public Builder datagrams(Function<InetSocketAddress, DatagramLink> datagrams) {
            throw new UnsupportedOperationException();
        }

        /**
         * Boots: counts the boot durably, then opens its log.
         *
         * @throws io.kryla.keys.KrylaException NOT_PROVISIONED when the storage holds no birth, STORAGE_FAILED
         */
        public AirframeAgent boot() {
            throw new UnsupportedOperationException();
        }
    }
}
