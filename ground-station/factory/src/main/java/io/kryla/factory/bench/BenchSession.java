package io.kryla.factory.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.operators.Badge;
import io.kryla.factory.operators.SignedOnBadge;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.PathResult;
import io.kryla.identity.PathValidator;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.Role;
import io.kryla.identity.SelfSignedCertificate;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedFirmwareManifest;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import io.kryla.v1.BenchAdmitted;
import io.kryla.v1.BenchMessage;
import io.kryla.v1.BenchTask;
import io.kryla.v1.Refused;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import io.kryla.v1.TaskReport;
import io.kryla.v1.UnitNews;
import io.kryla.v1.UnitStart;
import io.kryla.v1.UnitStarted;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A bench's side of its session with the line service: signs on with a badge, starts airframes, is told what to do for them
 * and reports it with the badge's signature. The line is verified from the root certificate before anything is signed for
 * it. Safe for any thread; tasks and news come on a thread of its own.
 */
public final class BenchSession implements AutoCloseable {
    /** Step of the statement that starts an airframe. */
    public static final String START = "start";

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Hears what the line has to say. Called on the session's thread, one call at a time; a call may not wait for the session. */
    public interface Listener {
        void onTask(BenchSession session, BenchTask task);

        void onNews(UnitNews news);

        /** The last call: the session ended, by whichever side. */
        void onEnd(KrylaException why);
    }

    private final SecureChannel channel;
    private final String line;
    private final SignedOnBadge badge;
    private final InstantSource clock;
    private final VerifiedFirmwareManifest firmware;
    private final String designOid;
    private final BlockingQueue<UnitStarted> started = new ArrayBlockingQueue<>(1);
    private ByteString challenge;
    private volatile boolean ended;

    private BenchSession(
            SecureChannel channel,
            String line,
            SignedOnBadge badge,
            InstantSource clock,
            VerifiedFirmwareManifest firmware,
            BenchAdmitted admitted) {
        this.channel = channel;
        this.line = line;
        this.badge = badge;
        this.clock = clock;
        this.firmware = firmware;
        this.designOid = admitted.getDesignOid();
        this.challenge = admitted.getChallenge();
    }

    /**
     * Connects and signs on.
     *
     * @param badgeKey of whoever works at the bench, P-256
     * @throws KrylaException UNREACHABLE, PATH (the line is another licensor's), BADGE_UNKNOWN, BADGE_REVOKED, BADGE_EXPIRED,
     *     ROLE_NOT_HELD and what else the line refuses the badge with
     */
    public static BenchSession open(
            InetSocketAddress address,
            X509Certificate root,
            Signer badgeKey,
            Role role,
            InstantSource clock,
            Listener listener) {
        TlsIdentity identity =
                new TlsIdentity(badgeKey, new CertificateChain(List.of(SelfSignedCertificate.create(badgeKey))));
        SecureChannel channel =
                SecureChannel.connect(address, identity, BenchDoor.ALPN, endsAt(root), ChannelLimits.STANDARD);
        try {
            BenchMessage greeting = receive(channel);
            String line = greeting.getGreeting().getLine();
            Badge badge = Badge.of(badgeKey);
            channel.send(BenchMessage.newBuilder()
                    .setSignOn(badge.requestSignOn(
                            line, role, greeting.getGreeting().getChallenge().toByteArray()))
                    .build()
                    .toByteArray());
            BenchAdmitted admitted = receive(channel).getAdmitted();
            TrustedBundle bundle =
                    verified(TrustedBundle.open(root, admitted.getTrustBundle(), OptionalLong.empty()), "trust bundle");
            requireStation(channel.peerChain(), bundle, admitted, clock);
            VerifiedFirmwareManifest firmware = verified(
                    VerifiedFirmwareManifest.open(bundle, admitted.getFirmwareManifest()), "firmware manifest");
            CertificateChain chain = CertificateChain.fromDer(admitted.getChainList().stream()
                            .map(ByteString::toByteArray)
                            .toList())
                    .orElseThrow(() -> new KrylaException("PATH", "the line sent no certificate for the badge", false));
            BenchSession session = new BenchSession(channel, line, badge.signedOn(chain), clock, firmware, admitted);
            Thread reader = new Thread(() -> session.read(listener), "kryla-bench-session");
            reader.setDaemon(true);
            reader.start();
            return session;
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static PeerCheck endsAt(X509Certificate root) {
        return (untrusted, alpn) -> {
            List<X509Certificate> chain = untrusted.certificates();
            return chain.get(chain.size() - 1).equals(root)
                    ? new PeerDecision.Accepted()
                    : new PeerDecision.Refused("PATH", "the line's chain does not end at this root");
        };
    }

    private static void requireStation(
            CertificateChain station, TrustedBundle bundle, BenchAdmitted admitted, InstantSource clock) {
        List<X509CRL> crls = new ArrayList<>();
        admitted.getCrlsList().stream()
                .limit(CrlSet.MOST)
                .forEach(der -> Certificates.crlFromDer(der.toByteArray()).ifPresent(crls::add));
        PathResult path = PathValidator.of(bundle.root())
                .validateRole(
                        station,
                        Role.STATION,
                        bundle,
                        clock.instant(),
                        new CrlSet(crls, CrlProfile.FIELD, clock.instant()));
        if (path instanceof PathResult.Rejected rejected) {
            throw new KrylaException(
                    rejected.code().name(), "the line's station is not to be trusted: " + rejected.reason(), false);
        }
    }

    private static <T> T verified(DocumentResult<T> result, String what) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            throw new KrylaException(
                    rejected.code().name(), "the line's " + what + " does not hold: " + rejected.reason(), false);
        }
        return ((DocumentResult.Verified<T>) result).document();
    }

    private static BenchMessage receive(SecureChannel channel) {
        BenchMessage message = parse(channel.receive(ANSWER));
        if (message.hasRefused()) {
            throw refused(message.getRefused());
        }
        return message;
    }

    private static KrylaException refused(Refused refused) {
        String code = refused.getCode().matches("[A-Z][A-Z_]{0,39}") ? refused.getCode() : "BAD_STATE";
        return new KrylaException(code, "the line refused: " + refused.getDetail(), false);
    }

    private static BenchMessage parse(byte[] bytes) {
        try {
            return BenchMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new KrylaException("BAD_STATE", "the line sent something else than a BenchMessage", false, e);
        }
    }

    public String line() {
        return line;
    }

    public String designOid() {
        return designOid;
    }

    /** The release that is flashed, verified from the root. */
    public VerifiedFirmwareManifest firmware() {
        return firmware;
    }

    /**
     * Tells the line that this airframe lies on the bench: it may claim from now on.
     *
     * @throws KrylaException the line's code, such as ALREADY_STARTED or BADGE_REVOKED
     */
    public synchronized void start(Digest hardwareIdSha256) {
        ByteString hardware = ByteString.copyFrom(hardwareIdSha256.bytes());
        channel.send(BenchMessage.newBuilder()
                .setUnitStart(UnitStart.newBuilder()
                        .setHardwareIdSha256(hardware)
                        .setStatement(badge.sign(StepStatement.newBuilder()
                                .setLine(line)
                                .setStep(START)
                                .setResult(StepResult.STEP_RESULT_DONE)
                                .setAtUnixMillis(clock.millis())
                                .setSubjectSha256(hardware)
                                .setChallenge(challenge)
                                .build())))
                .build()
                .toByteArray());
        UnitStarted answer;
        try {
            answer = Optional.ofNullable(started.poll(ANSWER.toSeconds(), TimeUnit.SECONDS))
                    .orElseThrow(() -> new KrylaException("CHANNEL_CLOSED", "the line did not answer the start", true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KrylaException("CHANNEL_CLOSED", "interrupted while the line was asked", true, e);
        }
        challenge = answer.getChallenge();
        if (answer.hasRefused()) {
            throw refused(answer.getRefused());
        }
    }

    /** Reports a task as done, in the operator's name. */
    public void done(BenchTask task, String result) {
        report(task, StepResult.STEP_RESULT_DONE, result);
    }

    /** Reports that a task could not be done. */
    public void failed(BenchTask task, String reason) {
        report(task, StepResult.STEP_RESULT_FAILED, reason);
    }

    private void report(BenchTask task, StepResult outcome, String result) {
        StepStatement.Builder statement = StepStatement.newBuilder()
                .setLine(line)
                .setSerial(task.getSerial())
                .setStep(task.getStep())
                .setResult(outcome)
                .setAtUnixMillis(clock.millis())
                .setChallenge(task.getChallenge());
        if (!result.isEmpty()) {
            statement.setSubjectSha256(ByteString.copyFrom(
                    Digest.sha256(result.getBytes(StandardCharsets.UTF_8)).bytes()));
        }
        channel.send(BenchMessage.newBuilder()
                .setTaskReport(TaskReport.newBuilder()
                        .setId(task.getId())
                        .setResult(result)
                        .setStatement(badge.sign(statement.build())))
                .build()
                .toByteArray());
    }

    private void read(Listener listener) {
        try {
            while (true) {
                BenchMessage message = parse(channel.receive());
                switch (message.getMessageCase()) {
                    case UNIT_STARTED -> started.put(message.getUnitStarted());
                    case TASK -> listener.onTask(this, message.getTask());
                    case NEWS -> listener.onNews(message.getNews());
                    case REFUSED -> throw refused(message.getRefused());
                    default ->
                        throw new KrylaException(
                                "BAD_STATE", "unexpected " + message.getMessageCase() + " of the line", false);
                }
            }
        } catch (KrylaException e) {
            end(listener, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(listener, new KrylaException("CHANNEL_CLOSED", "the session was interrupted", true, e));
        }
    }

    private void end(Listener listener, KrylaException why) {
        ended = true;
        channel.close();
        listener.onEnd(why);
    }

    /** Whether the line has to be signed on to again. */
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        channel.close();
    }
}
