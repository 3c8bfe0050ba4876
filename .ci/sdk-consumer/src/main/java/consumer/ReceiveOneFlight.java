package consumer;

import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.stream.SampleKind;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeAirframe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Receives the flight of a fake airframe and prints how it ended, from the SDK's jars alone. */
final class ReceiveOneFlight {
    private ReceiveOneFlight() {}

    public static void main(String[] args) throws InterruptedException {
        TestLicensor licensor = new TestLicensor();
        CountDownLatch closed = new CountDownLatch(1);
        try (GroundStation station = GroundStation.builder()
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .identity(licensor.ground("ground-1"))
                        .trust(licensor.bundle())
                        .crls(() -> licensor.crls().crls())
                        .ledgerCheckpoint(() -> Digest.sha256(new byte[0]))
                        .clock(Clock.systemUTC())
                        .start();
                FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1").boot()) {
            station.attested(SampleKind.ANY).buffer(1_000).listen(sample -> {
                if (sample.body().hasLogClosed()) {
                    closed.countDown();
                }
            });
            airframe.connect(station.boundAddress()).fly(Duration.ofMillis(400)).land();
            System.out.println(closed.await(30, TimeUnit.SECONDS) ? "ATTESTED to the end" : "the flight did not end");
        }
    }
}
