package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.FlightOrigin;
import java.time.Duration;

/**
 * A sample together with what may be claimed of it. The type is the claim: only this package makes these, and only out of
 * records whose own type says that they were checked.
 */
public sealed interface ClaimedSample<T extends Message> permits AuthenticSample, AttestedSample {
    /** Which airframe, which boot and which log it comes from. */
    FlightOrigin origin();

    /** The leaf of the flight log that holds it; a leaf may hold several samples. */
    long leafIndex();

    /** Since boot, on the airframe's flight clock. */
    Duration flightTime();

    T body();
}
