package io.kryla.airframe;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.link.DatagramLink;
import io.kryla.link.UdpLink;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.Hello;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects what a boot needs; {@link #boot} names what is missing. */
public final class AirframeAgentBuilder {
    private @Nullable SecureElement secureElement;
    private @Nullable AirframeStorage storage;
    private @Nullable FirmwareSlot firmware;
    private @Nullable InstantSource clock;
    private @Nullable LongSupplier monotonicNanos;
    private @Nullable SecureRandom random;
    private @Nullable ParameterStore parameters;
    private Function<InetSocketAddress, DatagramLink> datagrams = UdpLink::connect;

    AirframeAgentBuilder() {}

    public AirframeAgentBuilder secureElement(SecureElement secureElement) {
        this.secureElement = secureElement;
        return this;
    }

    public AirframeAgentBuilder storage(AirframeStorage storage) {
        this.storage = storage;
        return this;
    }

    public AirframeAgentBuilder firmware(FirmwareSlot firmware) {
        this.firmware = firmware;
        return this;
    }

    /** Wall time, for the validity of certificates. */
    public AirframeAgentBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** A clock that never goes back, such as {@code System::nanoTime}; read by the link thread. */
    public AirframeAgentBuilder monotonicNanos(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        return this;
    }

    public AirframeAgentBuilder random(SecureRandom random) {
        this.random = random;
        return this;
    }

    /**
     * What grounds may read, and write while the airframe is disarmed; without it such commands are UNKNOWN_ACTION. Called
     * on the flight thread.
     */
    public AirframeAgentBuilder parameters(ParameterStore parameters) {
        this.parameters = parameters;
        return this;
    }

    /** How to reach the ground's datagram port; UDP unless said otherwise. */
    public AirframeAgentBuilder datagrams(Function<InetSocketAddress, DatagramLink> datagrams) {
        this.datagrams = datagrams;
        return this;
    }

    /**
     * Boots: counts the boot durably, then opens its log and signs the first checkpoint, durable too.
     *
     * @throws io.kryla.keys.KrylaException NOT_PROVISIONED when the storage holds no birth, STORAGE_FAILED, STORAGE_CORRUPT
     */
    public AirframeAgent boot() {
        AirframeStorage medium = required("storage", storage);
        SecureElement element = required("secureElement", secureElement);
        Digest firmwareSha256 = required("firmware", firmware).imageSha256();
        InstantSource wallClock = required("clock", clock);
        LongSupplier linkClock = required("monotonicNanos", monotonicNanos);
        SecureRandom chance = required("random", random);

        AirframeIdentity identity = AirframeIdentity.read(medium, element);
        TelemetryProfile profile = TelemetryProfile.FLIGHT;
        Optional<FlightCheckpoint> earlier =
                DurableCheckpoint.ofEarlierBoot(medium, identity.originPrefix(), profile.name());
        FlightOrigin origin = new FlightOrigin(identity.originPrefix(), BootCounter.next(medium), profile.name());

        FlightLinkExchange exchange = new FlightLinkExchange(new CommandDesk(parameters != null));
        DurableCheckpoint durable = new DurableCheckpoint(medium);
        Signer logKey = element.logKey();
        LogWriter writer = new LogWriter(profile, new FlightLog(origin, logKey), exchange);
        writer.add(opened(origin, earlier, firmwareSha256));
        durable.store(writer.sign());

        LinkLoop loop = new LinkLoop(
                identity,
                new GroundPeerCheck(identity, new AirframeTime(wallClock, identity.provenPast())),
                hello(identity, origin, firmwareSha256),
                exchange,
                durable,
                chance,
                linkClock,
                datagrams);
        ParameterStore store = parameters == null ? new NoParameters() : parameters;
        return new AirframeAgent(
                origin,
                element.identityKey(),
                firmwareSha256,
                writer,
                exchange,
                durable,
                new ParameterDesk(store),
                loop);
    }

    private static Sample opened(FlightOrigin origin, Optional<FlightCheckpoint> earlier, Digest firmwareSha256) {
        LogOpened.Builder opened = LogOpened.newBuilder()
                .setSerial(origin.serial())
                .setBoot(origin.boot())
                .setProfile(origin.profile())
                .setFirmwareSha256(ByteString.copyFrom(firmwareSha256.bytes()));
        earlier.ifPresent(
                checkpoint -> opened.setPreviousBoot(checkpoint.origin().boot())
                        .setPreviousSize(checkpoint.size())
                        .setPreviousRoot(ByteString.copyFrom(checkpoint.root().bytes())));
        return Sample.newBuilder().setFlightTimeNanos(0).setLogOpened(opened).build();
    }

    private static Hello hello(AirframeIdentity identity, FlightOrigin origin, Digest firmwareSha256) {
        return Hello.newBuilder()
                .setSerial(origin.serial())
                .setBoot(origin.boot())
                .addLogs(FlightLogInfo.newBuilder().setProfile(origin.profile()).setOrigin(origin.text()))
                .setFirmwareSha256(ByteString.copyFrom(firmwareSha256.bytes()))
                .setLogKeyEndorsement(identity.logKeyEndorsement())
                .setBirth(identity.birth())
                .build();
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
