package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.codec.VehicleSample;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.link.DatagramLink;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Envelope;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import io.kryla.v1.UnitFlightStatement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One boot of a provisioned airframe: a flight log of its own for each telemetry profile, and the sessions that carry them to
 * its grounds.
 *
 * <p>Threads. The <em>flight thread</em>, the caller's, owns the logs: every method is its alone that does not say "any
 * thread". Each ground has a <em>link thread</em> of the agent's, which owns TLS, datagrams and retransmission, and runs on the
 * monotonic clock: a slow ground stalls neither another nor the flight. Agents that share threads ({@link
 * AirframeAgentBuilder#threads}) have their links on one loop, and set-ups beside it. Nothing that arrives from the network
 * throws.
 */
public final class AirframeAgent implements AutoCloseable {
    private static final int FLOW_WINDOW = 64;

    private final List<ProfileLog> logs;
    private final Signer identityKey;
    private final Digest firmwareSha256;
    private final Receivers receivers;
    private final CommandDesk commands;
    private final RejectCounters rejections;
    private final ParameterDesk parameters;
    private final CheckpointKeeper keeper;
    private final GroundLinks links;
    private final Optional<BeaconGrounds> beaconGrounds;
    private final Function<InetSocketAddress, DatagramLink> datagrams;
    private boolean armed;
    private Optional<List<FlightCheckpoint>> closedHeads = Optional.empty();

    AirframeAgent(
            List<ProfileLog> logs,
            Signer identityKey,
            Digest firmwareSha256,
            LinkParts parts,
            ParameterDesk parameters,
            CheckpointKeeper keeper,
            GroundLinks links,
            Optional<BeaconGrounds> beaconGrounds,
            Function<InetSocketAddress, DatagramLink> datagrams) {
        this.logs = List.copyOf(logs);
        this.identityKey = identityKey;
        this.firmwareSha256 = firmwareSha256;
        this.receivers = parts.receivers();
        this.commands = parts.commands();
        this.rejections = parts.rejections();
        this.parameters = parameters;
        this.keeper = keeper;
        this.links = links;
        this.beaconGrounds = beaconGrounds;
        this.datagrams = datagrams;
    }

    /** To boot one. */
    public static AirframeAgentBuilder builder() {
        return new AirframeAgentBuilder();
    }

    /**
     * Connects to a ground: TLS with both sides' certificates, set-up, then datagrams. Any thread. Sessions with other grounds
     * go on. One that is up with this ground gets a successor and ends when the ground has heard from it; so this may be called
     * again at any time.
     *
     * @return completes once the session is up, exceptionally with a {@link io.kryla.keys.KrylaException} if it did not
     *     come up; that takes at most 55 seconds over a network: 5 to reach the ground, 10 for the handshake, 10 for each of four
     *     messages
     */
    public CompletableFuture<Void> connect(InetSocketAddress ground) {
        return connect(new IpPath(ground, datagrams));
    }

    /** As {@link #connect(InetSocketAddress)}, over a path of another kind. Any thread. */
    public CompletableFuture<Void> connect(GroundPath ground) {
        return links.connect(ground);
    }

    /**
     * Keeps a session with a ground from now on, and comes back after every loss: after half a second at first, then at up to
     * doubling, random intervals of at most a minute. Any thread.
     *
     * @return completes with the outcome of the first attempt, which takes at most 55 seconds over a network
     */
    public CompletableFuture<Void> stayConnected(InetSocketAddress ground) {
        return stayConnected(new IpPath(ground, datagrams));
    }

    /** As {@link #stayConnected(InetSocketAddress)}, over a path of another kind. Any thread. */
    public CompletableFuture<Void> stayConnected(GroundPath ground) {
        return links.stayConnected(ground);
    }

    /** Whether a session is up. Any thread. */
    public boolean connected() {
        return receivers.anyPresent();
    }

    /** How many sessions are up. Any thread. */
    public int sessions() {
        return receivers.present().size();
    }

    /** Whether every log's first vehicle state is under a signed checkpoint, as it is soon after its record is sealed. Any thread. */
    public boolean telemetrySigned() {
        return logs.stream().allMatch(ProfileLog::stateSigned);
    }

    /** Where beacons are listened for, if they are. Any thread. */
    public Optional<InetSocketAddress> beaconAddress() {
        return beaconGrounds.map(BeaconGrounds::localAddress);
    }

    /** Beacons that named no ground or for which there was no place. Any thread. */
    public long ignoredBeacons() {
        return beaconGrounds.map(BeaconGrounds::ignored).orElse(0L);
    }

    /**
     * Puts a sample into the log of every profile; state samples wait for company as the profile allows, everything else is sealed at once.
     *
     * @param sample flight time not before that of any sample or {@link #advanceTo} so far; of a kind that only the agent
     *     writes: refused
     */
    public void publish(Sample sample) {
        if (!sample.hasVehicleState() && !sample.hasFlightEvent()) {
            throw new IllegalArgumentException("sample is a " + sample.getBodyCase() + ", which only the agent writes");
        }
        startFlightCall();
        logs.forEach(log -> log.requireRoomFor(sample));
        logs.forEach(log -> log.publish(sample));
        if (sample.hasVehicleState()) {
            armed = sample.getVehicleState().getArmed();
        }
    }

    /** As {@link #publish(Sample)} of the same values, for a flight loop that makes no garbage; the sample is the caller's again. */
    public void publish(VehicleSample sample) {
        startFlightCall();
        for (int i = 0; i < logs.size(); i++) {
            logs.get(i).requireRoomFor(sample);
        }
        for (int i = 0; i < logs.size(); i++) {
            logs.get(i).publish(sample);
        }
        armed = sample.isArmed();
    }

    /**
     * Moves the flight clock: seals records that are due, and has a checkpoint signed when one is due. That is done on another
     * thread; only a flight that is sixteen signatures ahead waits for them. A signer that failed throws here, too.
     */
    public void advanceTo(long flightTimeNanos) {
        startFlightCall();
        logs.forEach(log -> log.advanceTo(flightTimeNanos));
    }

    /**
     * Waits until fewer than 64 records are unacknowledged by the ground that was there first of those whose session is up;
     * false when the time passes, or at once without a session. Only a flight in lockstep calls this.
     */
    public boolean awaitRoom(Duration wall) {
        startFlightCall();
        return receivers.awaitLeader(
                log -> log.records().size() - FLOW_WINDOW + 1, log -> 0, wall, this::startFlightCall);
    }

    /**
     * The next authorised command that has not expired, each once, of whichever session. Answer it with {@link #report}: first
     * ACCEPTED or REFUSED. Commands that read or write parameters are answered by the agent and do not come here.
     */
    public Optional<ReceivedCommand> pollCommand() {
        startFlightCall();
        return commands.poll();
    }

    /** Waits for the command with this id and takes it; others stay for {@link #pollCommand}. */
    public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
        startFlightCall();
        return commands.await(ByteString.copyFrom(commandId), flightTimeNanos(), wall);
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
        log(commands.report(ByteString.copyFrom(commandId), stage, code));
    }

    /**
     * Logs how far an accepted command has come, as a record of its own.
     *
     * @param ratio 0 to 1, not less than before
     */
    public void reportProgress(byte[] commandId, float ratio) {
        startFlightCall();
        log(commands.progress(ByteString.copyFrom(commandId), ratio));
    }

    /**
     * Ends the logs: {@code LogClosed} as the last leaf, a last checkpoint, and waits until the ground that was there first has
     * both. Nothing can be published afterwards. Called again, perhaps after another {@link #connect}, it waits again.
     *
     * @return the head of the first profile's log
     */
    public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
        List<FlightCheckpoint> heads = closedHeads.orElseGet(() -> endLogs(reason));
        boolean acknowledged = receivers.awaitLeader(
                log -> log.records().size(), log -> log.records().size(), wall, () -> {});
        return new ClosedLog(heads.get(0), acknowledged);
    }

    /** What arrived in datagrams and was not taken, by reason, since boot. Any thread. */
    public RejectCounters rejections() {
        return rejections;
    }

    public String serial() {
        return logOrigin().serial();
    }

    /** Counts from 1. */
    public long boot() {
        return logOrigin().boot();
    }

    /** Of the first profile's log. */
    public FlightOrigin logOrigin() {
        return logs.get(0).origin();
    }

    /** Of every profile's log, in the order in which the profiles were named. */
    public List<FlightOrigin> logOrigins() {
        return logs.stream().map(ProfileLog::origin).collect(Collectors.toList());
    }

    public Digest firmwareSha256() {
        return firmwareSha256;
    }

    /** Signs with the device identity that this unit took part in that flight. */
    public Envelope signStatement(UnitFlightStatement statement) {
        return DsseSigner.sign(PayloadType.UNIT_FLIGHT_STATEMENT, statement.toByteArray(), identityKey);
    }

    /** Ends the sessions and the agent's threads. Does not close the logs. Any thread. */
    @Override
    public void close() {
        beaconGrounds.ifPresent(BeaconGrounds::close);
        keeper.close();
        links.close();
    }

    private List<FlightCheckpoint> endLogs(LogCloseReason reason) {
        startFlightCall();
        List<FlightCheckpoint> heads =
                logs.stream().map(log -> log.close(reason)).collect(Collectors.toList());
        closedHeads = Optional.of(heads);
        receivers.logsClosed();
        keeper.keep();
        return heads;
    }

    /**
     * What every call of the flight thread does first: a receiver that joined is logged ahead of any further sample. Makes no
     * garbage while nothing is waiting, as ahead of nearly every sample.
     */
    private void startFlightCall() {
        if (closedHeads.isPresent()) {
            throw new IllegalStateException("the log of boot " + boot() + " is closed");
        }
        var joined = receivers.takeJoined();
        if (!joined.isEmpty()) {
            joined.forEach(this::logIfJoined);
        }
        var refusals = commands.takeRefusals(flightTimeNanos());
        if (!refusals.isEmpty()) {
            refusals.forEach(this::log);
        }
        var maintenance = commands.pollMaintenance();
        if (maintenance.isPresent()) {
            maintain(maintenance.get());
        }
    }

    private void maintain(ReceivedCommand received) {
        ByteString id = received.command().getId();
        ParameterDesk.Answer answer = parameters.answer(received.command(), armed);
        if (answer instanceof ParameterDesk.Answer.Refused refused) {
            log(commands.report(id, CommandStage.COMMAND_STAGE_REFUSED, refused.code()));
            return;
        }
        log(commands.report(id, CommandStage.COMMAND_STAGE_ACCEPTED, ""));
        if (answer instanceof ParameterDesk.Answer.Done done) {
            log(commands.complete(id, done.parameters()));
        } else {
            log(commands.report(id, CommandStage.COMMAND_STAGE_FAILED, ((ParameterDesk.Answer.Failed) answer).code()));
        }
    }

    private long flightTimeNanos() {
        return logs.get(0).nowNanos();
    }

    private void logIfJoined(Receiver receiver) {
        receiver.takeJoin().ifPresent(joined -> {
            logs.stream().filter(log -> log.outbox() == receiver.log()).forEach(log -> log.joined(joined));
            receiver.joinLogged();
        });
    }

    /** In every profile's log: the ground that sent the command sees its answer, whichever it receives. */
    private void log(CommandEvent event) {
        logs.forEach(log -> log.command(event));
    }
}
