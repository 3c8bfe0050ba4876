package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.VerificationKey;
import io.kryla.link.DatagramLink;
import io.kryla.session.GroundSetup;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SealedSender;
import io.kryla.session.SetupStep;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.Command;
import io.kryla.v1.FrameKind;
import io.kryla.v1.Hello;
import io.kryla.v1.RecordRequest;
import io.kryla.v1.Sample;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** As little of a ground as speaks the whole protocol with one airframe: one connection after the other. */
final class TestGround implements AutoCloseable {
    static final ByteString NONCE = ByteString.copyFrom(new byte[32]);

    private final SSLServerSocket server;
    private final DatagramLink link;
    private final int udpPort;
    private final VerificationKey logKey;
    private final SecureRandom random = new SecureRandom();
    private final Map<FlightOrigin, FlightLogReceiver> receivers = new ConcurrentHashMap<>();
    private final Map<ByteString, Command> commands = new ConcurrentHashMap<>();
    private final List<AuthenticRecord> authentic = Collections.synchronizedList(new ArrayList<>());
    private final List<AttestedRecord> attested = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Oddity> oddities = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile boolean closed;
    volatile Optional<Hello> hello = Optional.empty();

    private record Oddity(FrameKind kind, byte[] body) {}

    TestGround(TlsIdentity identity, VerificationKey logKey, DatagramLink link, int udpPort) throws IOException {
        this.logKey = logKey;
        this.link = link;
        this.udpPort = udpPort;
        this.server = (SSLServerSocket) TlsContexts.newContext(identity)
                .getServerSocketFactory()
                .createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        server.setSSLParameters(TlsContexts.serverParameters("kryla/1"));
        Thread thread = new Thread(this::run, "test-ground");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    List<AttestedRecord> attested() {
        return attested;
    }

    List<AuthenticRecord> authentic() {
        return authentic;
    }

    List<Sample> attestedSamples() {
        List<Sample> samples = new ArrayList<>();
        List.copyOf(attested).forEach(record -> samples.addAll(record.record().getSamplesList()));
        return samples;
    }

    List<Throwable> failures() {
        return failures;
    }

    FlightLogReceiver receiver(FlightOrigin origin) {
        return receivers.get(origin);
    }

    /** Sends, once, what no ground should. */
    void sendOnce(FrameKind kind, byte[] body) {
        oddities.add(new Oddity(kind, body));
    }

    /** Repeats the command until its first event is attested. */
    void send(Command command) {
        commands.put(command.getId(), command);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        link.close();
    }

    private void run() {
        while (!closed) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                Thread thread = new Thread(() -> serve(socket), "test-ground-session");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the end
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.setSoTimeout(5_000);
            setUp(socket);
        } catch (IOException e) {
            // refused by the airframe, or the end
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private void setUp(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        GroundSetup setup = new GroundSetup(this::admit, random.nextInt(1 << 24), random);
        while (true) {
            byte[] message = new byte[in.readInt()];
            in.readFully(message);
            SetupStep step = setup.receive(message);
            if (step instanceof SetupStep.Send send) {
                for (SessionMessage reply : send.messages()) {
                    byte[] bytes = reply.toByteArray();
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
            } else if (step instanceof SetupStep.Established established) {
                pump(
                        established.terms().keys().sender(KeyLife.STANDARD, System.nanoTime()),
                        established.terms().keys().receiver(new RejectCounters(), System.nanoTime()));
                return;
            } else {
                failures.add(new AssertionError(step.toString()));
                return;
            }
        }
    }

    private GroundSetup.Answer admit(Hello offered) {
        hello = Optional.of(offered);
        return new GroundSetup.Answer.Admit(Subscribe.newBuilder()
                .setProfile(offered.getLogs(0).getProfile())
                .setUdpPort(udpPort)
                .setNonce(NONCE)
                .setLedgerCheckpointSha256(ByteString.copyFrom(new byte[32]))
                .build());
    }

    /** Until a newer session takes over. */
    private void pump(SealedSender sender, SealedReceiver receiver) {
        int session = sessions.incrementAndGet();
        FlightOrigin origin =
                FlightOrigin.parse(hello.orElseThrow().getLogs(0).getOrigin()).orElseThrow();
        FlightLogReceiver log = receivers.computeIfAbsent(origin, it -> new FlightLogReceiver(it, logKey));
        byte[] buffer = new byte[2048];
        int sinceAnswer = 0;
        while (!closed && session == sessions.get()) {
            int length = link.receive(buffer, Duration.ofMillis(5));
            if (length != DatagramLink.NOTHING
                    && receiver.open(buffer, length, System.nanoTime())
                            instanceof SealedReceiver.Result.Opened opened) {
                take(log, opened);
                sinceAnswer++;
            }
            if (length == DatagramLink.NOTHING || sinceAnswer >= 16) {
                answer(sender, log);
                sinceAnswer = 0;
            }
        }
    }

    private void take(FlightLogReceiver log, SealedReceiver.Result.Opened opened) {
        LogProgress progress = opened.kind() == FrameKind.FRAME_KIND_RECORD
                ? log.receiveRecord(opened.body())
                : opened.kind() == FrameKind.FRAME_KIND_CHECKPOINT
                        ? log.receiveCheckpoint(opened.body())
                        : log.receiveSubtrees(opened.body());
        if (progress instanceof LogProgress.Accepted accepted) {
            for (Claimed claimed : accepted.claims()) {
                if (claimed instanceof AttestedRecord record) {
                    attested.add(record);
                    record.record()
                            .getSamplesList()
                            .forEach(sample ->
                                    commands.remove(sample.getCommandEvent().getCommandId()));
                } else {
                    authentic.add((AuthenticRecord) claimed);
                }
            }
        } else if (progress instanceof LogProgress.Rejected rejected
                && rejected.reason().condemnsLog()) {
            failures.add(new AssertionError(rejected.reason()));
        }
    }

    private void answer(SealedSender sender, FlightLogReceiver log) {
        for (Oddity odd = oddities.poll(); odd != null; odd = oddities.poll()) {
            link.send(sender.seal(odd.kind, odd.body, System.nanoTime()));
        }
        link.send(sender.seal(
                FrameKind.FRAME_KIND_ACKNOWLEDGEMENT, log.acknowledgement().toByteArray(), System.nanoTime()));
        if (!log.missing().isEmpty()) {
            link.send(sender.seal(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder()
                            .addAllRanges(log.missing())
                            .build()
                            .toByteArray(),
                    System.nanoTime()));
        }
        commands.values()
                .forEach(command ->
                        link.send(sender.seal(FrameKind.FRAME_KIND_COMMAND, command.toByteArray(), System.nanoTime())));
    }
}
