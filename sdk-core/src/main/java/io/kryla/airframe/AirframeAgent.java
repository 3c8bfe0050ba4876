package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.codec.VehicleSample;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Envelope;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.Sample;
import io.kryla.v1.UnitFlightStatement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One boot of a provisioned airframe: a flight log of its own, and the session that carries it to the ground.
 *
 * <p>Two threads. The <em>flight thread</em>, the caller's, owns the log: every method but {@link #connect}, {@link
 * #connected}, {@link #rejections} and {@link #close} is its alone. The <em>link thread</em>, the agent's, owns TLS, datagrams and
 * retransmission, and runs on the monotonic clock. Nothing that arrives from the network throws.
 */
public final class AirframeAgent implements AutoCloseable {
    private static final int FLOW_WINDOW = 64;
    private static final long CLOSE_MILLIS = 5_000;

    private final FlightOrigin origin;
    private final Signer identityKey;
    private final Digest firmwareSha256;
    private final LogWriter writer;
    private final FlightLinkExchange exchange;
    private final DurableCheckpoint durable;
    private final ParameterDesk parameters;
    private final LinkLoop loop;
    private final Thread linkThread;
    private boolean armed;
    private Optional<FlightCheckpoint> closedHead = Optional.empty();

    AirframeAgent(
            FlightOrigin origin,
            Signer identityKey,
            Digest firmwareSha256,
            LogWriter writer,
            FlightLinkExchange exchange,
            DurableCheckpoint durable,
            ParameterDesk parameters,
            LinkLoop loop) {
        this.origin = origin;
        this.identityKey = identityKey;
        this.firmwareSha256 = firmwareSha256;
        this.writer = writer;
        this.exchange = exchange;
        this.durable = durable;
        this.parameters = parameters;
        this.loop = loop;
        this.linkThread = new Thread(loop, "kryla-link-" + origin.serial());
        linkThread.setDaemon(true);
        linkThread.start();
    }

    /** To boot one. */
    public static AirframeAgentBuilder builder() {
        return new AirframeAgentBuilder();
    }

    /**
     * Connects to a ground: TLS with both sides' certificates, set-up, then datagrams. Any thread. May be called again after
     * the session ended; ends a session that lasts.
     *
     * @return completes once the session is up, exceptionally with a {@link io.kryla.keys.KrylaException} if it did not
     *     come up
     */
    public CompletableFuture<Void> connect(InetSocketAddress ground) {
        return loop.connect(ground);
    }

    /** Whether a session is up. Any thread. */
    public boolean connected() {
        return exchange.sessionUp();
    }

    /**
     * Puts a sample into the log; state samples wait for company as the profile allows, everything else is sealed at once.
     *
     * @param sample flight time not before that of any sample or {@link #advanceTo} so far; of a kind that only the agent
     *     writes: refused
     */
    public void publish(Sample sample) {
        if (!sample.hasVehicleState() && !sample.hasFlightEvent()) {
            throw new IllegalArgumentException("sample is a " + sample.getBodyCase() + ", which only the agent writes");
        }
        startFlightCall();
        writer.moveClock(sample.getFlightTimeNanos());
        if (sample.hasVehicleState()) {
            armed = sample.getVehicleState().getArmed();
        }
        writer.add(sample);
        writer.sealIfDue();
        writer.signIfDue();
    }

    /** As {@link #publish(Sample)} of the same values, for a flight loop that makes no garbage; the sample is the caller's again. */
    public void publish(VehicleSample sample) {
        startFlightCall();
        writer.moveClock(sample.flightTimeNanos());
        writer.add(sample);
        writer.sealIfDue();
        writer.signIfDue();
    }

    /** Moves the flight clock: seals records that are due and signs a checkpoint when one is due. */
    public void advanceTo(long flightTimeNanos) {
        startFlightCall();
        writer.moveClock(flightTimeNanos);
        writer.sealIfDue();
        writer.signIfDue();
    }

    /** Waits until fewer than 64 records are unacknowledged; false when the time passes, or at once without a session. */
    public boolean awaitRoom(Duration wall) {
        startFlightCall();
        return exchange.awaitAcknowledged(writer.size() - FLOW_WINDOW + 1, 0, wall);
    }

    /**
     * The next authorised command that has not expired, each once. Answer it with {@link #report}: first ACCEPTED or REFUSED.
     * Commands that read or write parameters are answered by the agent and do not come here.
     */
    public Optional<ReceivedCommand> pollCommand() {
        startFlightCall();
        return exchange.commands().poll();
    }

    /** Waits for the command with this id and takes it; others stay for {@link #pollCommand}. */
    public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
        startFlightCall();
        return exchange.commands().await(ByteString.copyFrom(commandId), writer.nowNanos(), wall);
    }

    /**
     * Logs what became of a command, as a record of its own at the present flight time.
     *
     * @param stage ACCEPTED or REFUSED first, COMPLETED or FAILED after ACCEPTED
     * @param code stable code of a refusal or failure, at most 64 characters; empty otherwise
     */
    public void report(byte[] commandId, CommandStage stage, String code) {
        if (code.length() > CommandDesk.MAX_CODE_LENGTH) {
            throw new IllegalArgumentException("code has " + code.length() + " characters, at most "
                    + CommandDesk.MAX_CODE_LENGTH + " are logged: " + code);
        }
        startFlightCall();
        log(exchange.commands().report(ByteString.copyFrom(commandId), stage, code));
    }

    /**
     * Logs how far an accepted command has come, as a record of its own.
     *
     * @param ratio 0 to 1, not less than before
     */
    public void reportProgress(byte[] commandId, float ratio) {
        startFlightCall();
        log(exchange.commands().progress(ByteString.copyFrom(commandId), ratio));
    }

    /**
     * Ends the log: {@code LogClosed} as the last leaf, a last checkpoint, and waits until the ground has both. Nothing can
     * be published afterwards. Called again, perhaps after another {@link #connect}, it waits again.
     */
    public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
        FlightCheckpoint head = closedHead.orElseGet(() -> endLog(reason));
        return new ClosedLog(head, exchange.awaitAcknowledged(head.size(), head.size(), wall));
    }

    /** What arrived in datagrams and was not taken, by reason, since boot. Any thread. */
    public RejectCounters rejections() {
        return exchange.rejections();
    }

    public String serial() {
        return origin.serial();
    }

    /** Counts from 1. */
    public long boot() {
        return origin.boot();
    }

    public FlightOrigin logOrigin() {
        return origin;
    }

    public Digest firmwareSha256() {
        return firmwareSha256;
    }

    /** Signs with the device identity that this unit took part in that flight. */
    public Envelope signStatement(UnitFlightStatement statement) {
        return DsseSigner.sign(PayloadType.UNIT_FLIGHT_STATEMENT, statement.toByteArray(), identityKey);
    }

    /** Ends the session and the link thread. Does not close the log. Any thread. */
    @Override
    public void close() {
        loop.close();
        try {
            linkThread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FlightCheckpoint endLog(LogCloseReason reason) {
        startFlightCall();
        writer.add(
                sample().setLogClosed(LogClosed.newBuilder().setReason(reason)).build());
        FlightCheckpoint head = writer.sign();
        closedHead = Optional.of(head);
        exchange.logClosed();
        durable.store(head);
        return head;
    }

    /** What every call of the flight thread does first: a receiver that joined is logged ahead of any further sample. */
    private void startFlightCall() {
        if (closedHead.isPresent()) {
            throw new IllegalStateException("the log of boot " + origin.boot() + " is closed");
        }
        exchange.takeJoin().ifPresent(joined -> {
            writer.add(sample().setReceiverJoined(joined).build());
            exchange.joinLogged();
        });
        CommandDesk desk = exchange.commands();
        desk.takeRefusals(writer.nowNanos()).forEach(this::log);
        desk.pollMaintenance().ifPresent(this::maintain);
    }

    private void maintain(ReceivedCommand received) {
        CommandDesk desk = exchange.commands();
        ByteString id = received.command().getId();
        ParameterDesk.Answer answer = parameters.answer(received.command(), armed);
        if (answer instanceof ParameterDesk.Answer.Refused refused) {
            log(desk.report(id, CommandStage.COMMAND_STAGE_REFUSED, refused.code()));
            return;
        }
        log(desk.report(id, CommandStage.COMMAND_STAGE_ACCEPTED, ""));
        if (answer instanceof ParameterDesk.Answer.Done done) {
            log(desk.complete(id, done.parameters()));
        } else {
            log(desk.report(id, CommandStage.COMMAND_STAGE_FAILED, ((ParameterDesk.Answer.Failed) answer).code()));
        }
    }

    private void log(CommandEvent event) {
        writer.add(sample().setCommandEvent(event).build());
    }

    private Sample.Builder sample() {
        return Sample.newBuilder().setFlightTimeNanos(writer.nowNanos());
    }
}
