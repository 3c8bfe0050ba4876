package io.kryla.examples;

import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.stream.SampleKind;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Listens for airframes and prints the altitude of each attested sample: what is printed was signed by the airframe that
 * the line name belongs to. Usage: {@code SubscribeToTelemetry DIR OWNER [PORT]}, such as {@code kryla-demo
 * parties/end-user-1}.
 */
public final class SubscribeToTelemetry {
    private static final String DEFAULT_PORT = "14700";

    /** Starts to listen; close what is returned to end. Lines come from the SDK's delivery threads. */
    public static GroundStation start(GroundFiles files, InetSocketAddress listen, Consumer<String> printer) {
        // quickstart: begin
        GroundStation station = GroundStation.builder()
                .listen(listen)
                .identity(files.identity())
                .trust(files.trust())
                .crls(files::crls)
                .ledgerCheckpoint(files::ledgerCheckpoint)
                .clock(Clock.systemUTC())
                .start();
        station.attested(SampleKind.ANY)
                .buffer(1_000)
                .listen(sample -> printer.accept(line(sample.origin().serial(), sample.body())));
        // quickstart: end
        return station;
    }

    private static String line(String serial, Sample sample) {
        double seconds = sample.getFlightTimeNanos() / 1e9;
        if (!sample.hasVehicleState()) {
            return String.format(Locale.ROOT, "%s %8.2f s  %s", serial, seconds, sample.getBodyCase());
        }
        VehicleState state = sample.getVehicleState();
        return String.format(
                Locale.ROOT,
                "%s %8.2f s  %-24s %7.2f m above home",
                serial,
                seconds,
                state.getMode(),
                0.0 - state.getPositionDownMeters());
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            System.err.println("usage: SubscribeToTelemetry DIR OWNER [PORT], such as: kryla-demo parties/end-user-1");
            System.exit(2);
        }
        int port = Integer.parseInt(args.length > 2 ? args[2] : DEFAULT_PORT);
        GroundFiles files = GroundFiles.ofDemo(Path.of(args[0]), args[1]);
        try (GroundStation station = start(files, new InetSocketAddress("127.0.0.1", port), System.out::println)) {
            System.out.println("listening at " + station.boundAddress());
            Thread.currentThread().join();
        }
    }

    private SubscribeToTelemetry() {}
}
