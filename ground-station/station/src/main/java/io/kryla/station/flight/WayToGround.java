package io.kryla.station.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.GroundPath;
import io.kryla.link.SharedLine;
import io.kryla.telemetry.TelemetryProfile;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** How an airframe reaches its ground, and in which profile it speaks there. */
public sealed interface WayToGround {
    /** Over TCP and UDP. */
    record Network(InetSocketAddress address) implements WayToGround {
        @Override
        public TelemetryProfile profile() {
            return TelemetryProfile.FLIGHT;
        }

        @Override
        public CompletableFuture<Void> connect(AirframeAgent agent) {
            return agent.connect(address);
        }
    }

    /** Over a line that leads there. */
    record Line(SharedLine line) implements WayToGround {
        @Override
        public TelemetryProfile profile() {
            return TelemetryProfile.RADIO;
        }

        @Override
        public CompletableFuture<Void> connect(AirframeAgent agent) {
            return agent.connect(GroundPath.over(line));
        }
    }

    TelemetryProfile profile();

    /** As {@link AirframeAgent#connect}. */
    CompletableFuture<Void> connect(AirframeAgent agent);
}
