package io.kryla.test;

import io.kryla.airframe.AirframeAgent;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.link.DatagramLink;
import io.kryla.link.Impairment;
import io.kryla.link.UdpLink;
import io.kryla.v1.Command;
import io.kryla.v1.Parameter;
import io.kryla.v1.VehicleState;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What a fake airframe does that it does not do by itself. */
public final class FakeAirframeBuilder {
    private final FakeIdentity identity;
    private final Map<Command.ActionCase, CommandScript> scripts = new EnumMap<>(Command.ActionCase.class);
    private final MemoryParameters parameters = new MemoryParameters();
    private Function<Duration, Optional<VehicleState>> telemetry = flightTime -> Optional.empty();
    private Function<InetSocketAddress, DatagramLink> datagrams = UdpLink::connect;

    FakeAirframeBuilder(FakeIdentity identity) {
        this.identity = identity;
    }

    /** Answers such commands by a script, in place of flying them. */
    public FakeAirframeBuilder answer(Command.ActionCase action, CommandScript script) {
        scripts.put(action, script);
        return this;
    }

    /** What it says of itself at a flight time, every 20 ms; in place of where it flies. */
    public FakeAirframeBuilder telemetry(Function<Duration, VehicleState> script) {
        telemetry = flightTime -> Optional.of(script.apply(flightTime));
        return this;
    }

    /** Loses, doubles and reorders datagrams; the same seed treats the same order of datagrams the same. */
    public FakeAirframeBuilder impaired(Impairment impairment, long seed) {
        datagrams = ground -> new ImpairedLink(UdpLink.connect(ground), impairment, seed);
        return this;
    }

    /** A parameter that grounds may read and write. */
    public FakeAirframeBuilder parameter(String name, double value) {
        parameters.write(
                List.of(Parameter.newBuilder().setName(name).setValue(value).build()));
        return this;
    }

    /** Switches it on: counts the boot and opens its flight log. Again: the next boot. */
    public FakeAirframe boot() {
        LongSupplier monotonic = System::nanoTime;
        AirframeAgent agent = AirframeAgent.builder()
                .storage(identity.storage())
                .secureElement(identity.secureElement())
                .firmware(identity.firmware())
                .parameters(parameters)
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .monotonicNanos(monotonic)
                .random(new SecureRandom())
                .datagrams(datagrams)
                .boot();
        return new FakeAirframe(this, agent);
    }

    Map<Command.ActionCase, CommandScript> scripts() {
        return Map.copyOf(scripts);
    }

    Function<Duration, Optional<VehicleState>> telemetry() {
        return telemetry;
    }
}
