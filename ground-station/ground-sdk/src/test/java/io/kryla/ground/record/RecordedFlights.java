package io.kryla.ground.record;

import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Flights of the real agent, recorded by the real station, for those who take the files apart. */
final class RecordedFlights {
    private RecordedFlights() {}

    /**
     * Flies states 0 to {@code states}, in two parts with a checkpoint between them, and an event in the first.
     *
     * @param folder of the airframe and of {@code flight.mcap}
     */
    static Path fly(TestLine line, String serial, Path folder, int states) throws Exception {
        TestAirframe unit = TestAirframe.born(line, serial, folder.resolve(serial));
        Path file = folder.resolve("flight.mcap");
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = unit.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(serial);
            CompletableFuture<FlightRecorder> recorder = next.thenApply(link -> FlightRecorder.record(link, file));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, states / 2);
            agent.publish(event(TestAirframe.state(states / 2 - 1).getFlightTimeNanos()));
            // Checkpoints that come too fast are covered by the next: this makes two of them.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> next.join().state().attestedSize() >= (states < 100 ? 1 : 2));
            TestAirframe.fly(agent, states / 2, states);
            TestAirframe.land(agent);
            recorder.get(30, TimeUnit.SECONDS).completed().get(30, TimeUnit.SECONDS);
        }
        return file;
    }

    private static Sample event(long timeNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(timeNanos)
                .setFlightEvent(FlightEvent.newBuilder()
                        .setKind(FlightEventKind.FLIGHT_EVENT_KIND_WAYPOINT_REACHED)
                        .setDetail("=1+1, \"first\""))
                .build();
    }
}
