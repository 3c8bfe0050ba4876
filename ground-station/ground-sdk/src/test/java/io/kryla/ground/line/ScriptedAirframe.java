package io.kryla.ground.line;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsIdentity;
import io.kryla.link.UdpLink;
import io.kryla.session.AirframeSetup;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SealedSender;
import io.kryla.session.SecureChannel;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.sframe.KeyLife;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.FrameKind;
import io.kryla.v1.Hello;
import io.kryla.v1.SessionMessage;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** An airframe that says and sends whatever a test wants it to, over real TLS and UDP. */
public final class ScriptedAirframe implements AutoCloseable {
    private static final String ALPN = "kryla/1";

    private final SecureChannel channel;
    private Optional<UdpLink> datagrams = Optional.empty();
    private Optional<SealedSender> sender = Optional.empty();

    private ScriptedAirframe(SecureChannel channel) {
        this.channel = channel;
    }

    /** Up to the end of the handshake. */
    public static ScriptedAirframe connect(InetSocketAddress ground, TlsIdentity identity) {
        return new ScriptedAirframe(SecureChannel.connect(
                ground, identity, ALPN, (chain, alpn) -> new PeerDecision.Accepted(), ChannelLimits.STANDARD));
    }

    /** What an honest airframe says. */
    public static Hello.Builder hello(TestAirframe airframe) throws InvalidProtocolBufferException {
        BirthCommit birth = BirthCommit.parseFrom(
                airframe.storage.read(StorageEntry.BIRTH_COMMIT).orElseThrow());
        return Hello.newBuilder()
                .setSerial(airframe.serial)
                .setBoot(1)
                .addLogs(FlightLogInfo.newBuilder()
                        .setProfile("flight")
                        .setOrigin(airframe.originPrefix() + "/1/flight"))
                .setLogKeyEndorsement(airframe.endorsement(airframe.serial))
                .setBirth(birth.getProof());
    }

    /** The first message alone, whatever it is. */
    public void say(SessionMessage message) {
        channel.send(message.toByteArray());
    }

    /** A whole set-up; the session's keys live as long as that. */
    public ScriptedAirframe setUp(Hello hello, InetSocketAddress ground, KeyLife life) {
        AirframeSetup setup = new AirframeSetup(hello, new SecureRandom());
        say(setup.start());
        while (sender.isEmpty()) {
            SetupStep step = setup.receive(channel.receive(Duration.ofSeconds(10)));
            if (step instanceof SetupStep.Send send) {
                send.messages().forEach(this::say);
            } else if (step instanceof SetupStep.Established up) {
                up.messages().forEach(this::say);
                SessionTerms terms = up.terms();
                datagrams = Optional.of(UdpLink.connect(new InetSocketAddress(ground.getAddress(), terms.udpPort())));
                sender = Optional.of(terms.keys().sender(life, 0));
            } else {
                throw new AssertionError("refused: " + step);
            }
        }
        return this;
    }

    public boolean hasSession() {
        return sender.isPresent();
    }

    /** Sealed under the session's keys, and not yet sent. */
    public byte[] seal(FrameKind kind, byte[] body) {
        return sender.orElseThrow().seal(kind, body, 0);
    }

    public void send(byte[] datagram) {
        datagrams.orElseThrow().send(datagram);
    }

    @Override
    public void close() {
        channel.close();
        datagrams.ifPresent(UdpLink::close);
    }
}
