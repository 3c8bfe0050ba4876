package io.kryla.ground.golden;

import io.kryla.ground.link.DatagramPort;
import io.kryla.ground.link.DatagramReceiver;
import io.kryla.ground.link.SecureListener;
import io.kryla.ground.link.SecurePeer;
import io.kryla.ground.link.SecurePeerHandler;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.VerificationKey;
import io.kryla.session.GroundSetup;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SetupStep;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.RecordRequest;
import io.kryla.v1.Sample;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ground that takes one session from whoever comes, and keeps every message and datagram of it. */
final class CapturingGround implements SecurePeerHandler, DatagramReceiver, AutoCloseable {
    record Said(boolean byAirframe, byte[] bytes) {}

    /** Of the records that arrive, so that some are asked for again. */
    private static final int LOST = 7;

    private static final long LOOK_AROUND_MILLIS = 5;
    private static final Set<CommandStage> ENDS = Set.of(
            CommandStage.COMMAND_STAGE_COMPLETED,
            CommandStage.COMMAND_STAGE_FAILED,
            CommandStage.COMMAND_STAGE_REFUSED);

    private final List<Said> setupMessages = new ArrayList<>();
    private final List<Said> datagrams = new ArrayList<>();
    private final FlightLogReceiver log;
    private final List<Command> commands;
    private final DatagramPort port;
    private final SecureListener listener;
    private final GroundSetup setup;
    private @Nullable SealedReceiver receiver;
    private @Nullable SealedSender sender;
    private int records;
    private int sent;
    private Optional<InetSocketAddress> airframe = Optional.empty();

    CapturingGround(
            TlsIdentity identity,
            FlightOrigin origin,
            VerificationKey logKey,
            Subscribe terms,
            List<Command> commands) {
        this.log = new FlightLogReceiver(origin, logKey);
        this.commands = commands;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.port = DatagramPort.bind(anyPort, this);
        SecureRandom random = new SecureRandom();
        Subscribe subscribe =
                terms.toBuilder().setUdpPort(port.boundAddress().getPort()).build();
        this.setup = new GroundSetup(hello -> new GroundSetup.Answer.Admit(subscribe), random.nextInt(1 << 24), random);
        this.listener = SecureListener.builder()
                .bind(anyPort)
                .identity(identity)
                .route("kryla/1", (chain, alpn) -> new PeerDecision.Accepted(), peer -> this)
                .listen();
    }

    InetSocketAddress address() {
        return listener.boundAddress();
    }

    @Override
    public synchronized void onMessage(SecurePeer peer, byte[] message) {
        setupMessages.add(new Said(true, message));
        SetupStep step = setup.receive(message);
        if (step instanceof SetupStep.Send send) {
            for (SessionMessage answer : send.messages()) {
                setupMessages.add(new Said(false, answer.toByteArray()));
                peer.send(answer.toByteArray());
            }
        } else if (step instanceof SetupStep.Established up) {
            receiver = up.terms().keys().receiver(new RejectCounters(), 0);
            sender = up.terms().keys().sender(KeyLife.STANDARD, 0);
        }
    }

    @Override
    public void onClosed(SecurePeer peer) {}

    @Override
    public synchronized void onDatagram(byte[] buffer, int length, InetSocketAddress from) {
        SealedReceiver session = receiver;
        if (session == null || !(session.open(buffer, length, 0) instanceof SealedReceiver.Result.Opened opened)) {
            return;
        }
        if (opened.kind() == FrameKind.FRAME_KIND_RECORD && ++records % LOST == 0) {
            return;
        }
        datagrams.add(new Said(true, Arrays.copyOf(buffer, length)));
        if (airframe.isEmpty()) {
            airframe = Optional.of(from);
            sendNextCommand();
        }
        if (opened.kind() == FrameKind.FRAME_KIND_RECORD) {
            take(log.receiveRecord(opened.body()));
        } else if (opened.kind() == FrameKind.FRAME_KIND_CHECKPOINT) {
            log.receiveCheckpoint(opened.body());
        }
    }

    private void take(LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            accepted.claims().stream()
                    .filter(AuthenticRecord.class::isInstance)
                    .flatMap(claim -> claim.record().getSamplesList().stream())
                    .map(Sample::getCommandEvent)
                    .filter(event -> ENDS.contains(event.getStage()))
                    .forEach(event -> sendNextCommand());
        }
    }

    /** One after the other has ended. */
    private void sendNextCommand() {
        if (sent < commands.size()) {
            send(FrameKind.FRAME_KIND_COMMAND, commands.get(sent).toByteArray());
        }
        sent++;
        notifyAll();
    }

    /** Whether all commands have ended; waits a little if not. */
    synchronized boolean commandsEnded() throws InterruptedException {
        if (sent <= commands.size()) {
            wait(LOOK_AROUND_MILLIS);
        }
        return sent > commands.size();
    }

    @Override
    public synchronized void onPause() {
        List<LeafRange> missing = log.missing();
        if (!missing.isEmpty()) {
            send(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder().addAllRanges(missing).build().toByteArray());
        }
        send(FrameKind.FRAME_KIND_ACKNOWLEDGEMENT, log.acknowledgement().toByteArray());
    }

    private void send(FrameKind kind, byte[] body) {
        SealedSender session = sender;
        if (session != null && airframe.isPresent()) {
            byte[] frame = session.seal(kind, body, 0);
            datagrams.add(new Said(false, frame));
            port.send(frame, airframe.get());
        }
    }

    synchronized List<Said> setupMessages() {
        return List.copyOf(setupMessages);
    }

    synchronized List<Said> datagrams() {
        return List.copyOf(datagrams);
    }

    synchronized FlightLogReceiver log() {
        return log;
    }

    @Override
    public void close() {
        listener.close();
        port.close();
    }
}
