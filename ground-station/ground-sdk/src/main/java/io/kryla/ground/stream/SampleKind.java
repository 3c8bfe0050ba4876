package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.Claimed;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a sample holds: names a stream and types its bodies. The constants are all there are. */
public final class SampleKind<T extends Message> {
    public static final SampleKind<VehicleState> VEHICLE_STATE =
            new SampleKind<>("VEHICLE_STATE", Sample::hasVehicleState, Sample::getVehicleState);
    public static final SampleKind<FlightEvent> FLIGHT_EVENT =
            new SampleKind<>("FLIGHT_EVENT", Sample::hasFlightEvent, Sample::getFlightEvent);
    public static final SampleKind<CommandEvent> COMMAND_EVENT =
            new SampleKind<>("COMMAND_EVENT", Sample::hasCommandEvent, Sample::getCommandEvent);
    public static final SampleKind<ReceiverJoined> RECEIVER_JOINED =
            new SampleKind<>("RECEIVER_JOINED", Sample::hasReceiverJoined, Sample::getReceiverJoined);
    public static final SampleKind<LogOpened> LOG_OPENED =
            new SampleKind<>("LOG_OPENED", Sample::hasLogOpened, Sample::getLogOpened);
    public static final SampleKind<LogClosed> LOG_CLOSED =
            new SampleKind<>("LOG_CLOSED", Sample::hasLogClosed, Sample::getLogClosed);

    /** Every sample as it stands in its record, those of kinds that this version does not know among them. */
    public static final SampleKind<Sample> ANY = new SampleKind<>("ANY", sample -> true, sample -> sample);

    private final String name;
    private final Predicate<Sample> present;
    private final Function<Sample, T> body;

    private SampleKind(String name, Predicate<Sample> present, Function<Sample, T> body) {
        this.name = name;
        this.present = present;
        this.body = body;
    }

    /** The body, if the sample is of this kind. */
    public Optional<T> of(Sample sample) {
        return matches(sample) ? Optional.of(body(sample)) : Optional.empty();
    }

    /** So that a record of states alone is made into a message only for those who want states. */
    boolean mayBeIn(Claimed record) {
        return this == VEHICLE_STATE || this == ANY || !record.holdsOnlyStates();
    }

    boolean matches(Sample sample) {
        return present.test(sample);
    }

    T body(Sample sample) {
        return body.apply(sample);
    }

    @Override
    public String toString() {
        return name;
    }
}
