package io.kryla.examples;

import static io.kryla.ground.stream.SampleKind.VEHICLE_STATE;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.ground.trust.TrustFolder;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Command;
import io.kryla.v1.Land;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A ground in ten lines: hears every airframe of its owner, prints and records what they attest, and tells one to land. Usage:
 * {@code SmallestGround DOCUMENTS KEYS PASSPHRASE_FILE SERIAL}, such as {@code kryla-demo kryla-demo.private/parties/end-user-1
 * kryla-demo.private/passphrase ZZZZ8DE010001}.
 */
public final class SmallestGround {
    private static final Command LAND =
            Command.newBuilder().setLand(Land.getDefaultInstance()).build();

    private final Path documents;
    private final Path rootPem;
    private final Path keys;
    private final char[] passphrase;
    private final Path recordings;

    /**
     * @param documents what the licensor and the line publish
     * @param rootPem the licensor's root certificate; the demonstration's lies among the documents, yours comes from elsewhere
     * @param keys the folder of ground.key and ground.pem
     * @param recordings an existing folder
     */
    public SmallestGround(Path documents, Path rootPem, Path keys, char[] passphrase, Path recordings) {
        this.documents = documents;
        this.rootPem = rootPem;
        this.keys = keys;
        this.passphrase = passphrase.clone();
        this.recordings = recordings;
    }

    /** Starts it, waits for the airframe and its answer, and returns the station, which goes on. Printed by several threads. */
    public GroundStation run(InetSocketAddress listen, String serial, Consumer<String> printer) {
        // quickstart: begin
        GroundStation station = GroundStation.builder()
                .trust(TrustFolder.open(documents, rootPem))
                .identity(TlsIdentity.read(keys.resolve("ground.key"), passphrase, keys.resolve("ground.pem")))
                .listen(listen)
                .clock(Clock.systemUTC())
                .start();
        station.onAirframe(airframe -> FlightRecorder.recordInto(recordings, airframe));
        station.attested(VEHICLE_STATE).latest().listen(state -> printer.accept(state + ": " + height(state.body())));
        AirframeLink airframe = station.airframe(serial, Duration.ofMinutes(5)).join();
        printer.accept("landing: " + airframe.send(LAND).outcome().join());
        // quickstart: end
        return station;
    }

    private static String height(VehicleState state) {
        return -state.getPositionDownMeters() + " m above home";
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 4) {
            System.err.println("usage: SmallestGround DOCUMENTS KEYS PASSPHRASE_FILE SERIAL");
            System.exit(2);
        }
        Path documents = Path.of(args[0]);
        char[] passphrase = Files.readString(Path.of(args[2])).strip().toCharArray();
        SmallestGround ground = new SmallestGround(
                documents, documents.resolve("root.pem"), Path.of(args[1]), passphrase, Path.of("."));
        try {
            ground.run(new InetSocketAddress("127.0.0.1", 14700), args[3], System.out::println);
            Thread.currentThread().join();
        } catch (KrylaException | CompletionException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
