package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.link.DatagramLink;
import io.kryla.session.SessionTerms;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import java.time.Duration;
import java.util.Optional;

/** One boot's log and its session with one ground as the agent runs them, but on clocks that a test moves: no TLS, no threads. */
public final class SteppedAirframe {
    private final ProfileLog log;
    private final Receivers receivers;
    private final CommandDesk commands = new CommandDesk(false);
    private Optional<AirframeSession> session = Optional.empty();
    private Optional<Receiver> receiver = Optional.empty();

    public SteppedAirframe(FlightOrigin origin, Signer logKey, TelemetryProfile profile) {
        log = ProfileLog.open(
                profile,
                origin,
                logKey,
                Optional.empty(),
                Digest.sha256(),
                new CheckpointSigning(Runnable::run),
                LogMemory.STANDARD);
        receivers = new Receivers(log.outbox());
    }

    /** A session in place of the one there was. */
    public void connect(DatagramLink path, SessionTerms terms, long linkNanos) {
        disconnect();
        ReceiverJoined joined = ReceiverJoined.newBuilder()
                .setNonce(ByteString.copyFrom(terms.nonce().bytes()))
                .build();
        Receiver entered = receivers.enter(log.outbox(), 0, joined);
        receiver = Optional.of(entered);
        session = Optional.of(new AirframeSession(
                entered,
                commands,
                new RejectCounters(),
                () -> path,
                terms.keys(),
                KeyLife.STANDARD,
                new GroundAuthority(Digest.sha256(), Role.GROUND),
                linkNanos));
    }

    public void disconnect() {
        receiver.ifPresent(receivers::leave);
        session.ifPresent(AirframeSession::close);
        receiver = Optional.empty();
        session = Optional.empty();
    }

    public void publish(Sample sample) {
        takeJoined();
        log.requireRoomFor(sample);
        log.publish(sample);
    }

    public void advanceTo(long flightTimeNanos) {
        takeJoined();
        log.advanceTo(flightTimeNanos);
        commands.takeRefusals(flightTimeNanos).forEach(log::command);
    }

    public Optional<ReceivedCommand> pollCommand() {
        return commands.poll();
    }

    public void report(CommandEvent event) {
        log.command(event);
    }

    public FlightCheckpoint close() {
        takeJoined();
        receivers.logsClosed();
        return log.close(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED);
    }

    /** Whether the ground has everything. */
    public boolean delivered() {
        return receiver.filter(it -> it.attestedSize() == log.outbox().records().size())
                .isPresent();
    }

    public long leaves() {
        return log.outbox().records().size();
    }

    /** What the link thread does: sends what is due, takes what has come. */
    public void pump(long linkNanos) {
        session.ifPresent(it -> {
            it.send(linkNanos);
            it.receive(Duration.ZERO, () -> linkNanos);
        });
    }

    private void takeJoined() {
        receivers
                .takeJoined()
                .forEach(joined -> joined.takeJoin().ifPresent(it -> {
                    log.joined(it);
                    joined.joinLogged();
                }));
    }
}
