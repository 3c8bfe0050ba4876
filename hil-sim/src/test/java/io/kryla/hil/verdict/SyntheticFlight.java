package io.kryla.hil.verdict;

import com.google.protobuf.ByteString;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TrueState;
import io.kryla.v1.VehicleState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongPredicate;

/**
 * A flight of 20 s out of formulas: arm at 1 s, take-off accepted at 2 s and completed at 6 s, mission from 8 s to 14 s,
 * landing from 15 s, disarmed at 18 s.
 */
final class SyntheticFlight {
    static final long SEED = 7;
    static final double END_SECONDS = 20;
    private static final long SECOND = 1_000_000_000L;

    /** North, east, height, velocity north, east, up, roll in radians. */
    DoubleFunction<double[]> motion = t -> new double[] {0, 0, 0, 0, 0, 0, 0};

    DoubleFunction<double[]> belief = t -> motion.apply(t);
    LongPredicate truthRecorded = t -> true;
    LongPredicate telemetrySent = t -> true;
    LongPredicate onGround = t -> t < 3 * SECOND || t > 17 * SECOND;
    LogCloseReason closed = LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED;
    boolean landingCompleted = true;
    double batteryVolts = 16;
    DoubleFunction<List<Float>> rotorCommands = t -> List.of(0.7f, 0.7f, 0.7f, 0.7f);

    static AcceptancePlan plan(String... criteria) {
        var yaml = """
                format: kryla-acceptance-plan/1
                name: Synthetic
                vehicle: quad-1500g
                home:
                  latitude: 47 deg
                  longitude: 8 deg
                  altitude: 488 m
                  magnetic-field: {declination: 3 deg, inclination: 63 deg, intensity: 48 uT}
                time-limit: 60 s
                actions:
                  - {do: arm, at: 1 s}
                  - {do: take-off, at: 2 s, height: 10 m}
                  - do: mission
                    at: 8 s
                    speed: 5 m/s
                    waypoints:
                      - {north: 20 m, east: 0 m, height: 10 m}
                      - {north: 20 m, east: 20 m, height: 10 m}
                  - {do: land, at: 15 s}
                criteria:
                """;
        var all = new StringBuilder(yaml);
        for (int i = 0; i < criteria.length; i++) {
            all.append("  - {name: criterion ")
                    .append(i)
                    .append(", source: test, ")
                    .append(criteria[i])
                    .append("}\n");
        }
        return AcceptancePlan.parse("synthetic.yaml", all.toString().getBytes(StandardCharsets.UTF_8));
    }

    Verdict judge(AcceptancePlan plan) {
        return Judge.judge(plan, SEED, "test build", truth(), telemetry(plan));
    }

    /** The only criterion's result. */
    CriterionResult judge(String criterion) {
        return judge(plan(criterion)).criteria().get(0);
    }

    TruthTrack truth() {
        var states = new ArrayList<TrueState>();
        for (long t = 0; t <= END_SECONDS * SECOND; t += TruthTrack.INTERVAL_NANOS) {
            if (truthRecorded.test(t)) {
                var at = motion.apply(t / 1e9);
                states.add(TrueState.newBuilder()
                        .setFlightTimeNanos(t)
                        .setPositionNorthMeters(at[0])
                        .setPositionEastMeters(at[1])
                        .setPositionDownMeters(-at[2])
                        .setVelocityNorthMetersPerSecond(at[3])
                        .setVelocityEastMetersPerSecond(at[4])
                        .setVelocityDownMetersPerSecond(-at[5])
                        .setAttitudeW(StrictMath.cos(at[6] / 2))
                        .setAttitudeX(StrictMath.sin(at[6] / 2))
                        .setOnGround(onGround.test(t))
                        .build());
            }
        }
        return TruthTrack.of(states);
    }

    TelemetryTrack telemetry(AcceptancePlan plan) {
        return TelemetryTrack.of(samples(plan));
    }

    List<Sample> samples(AcceptancePlan plan) {
        var samples = new ArrayList<Sample>();
        samples.add(
                Sample.newBuilder().setLogOpened(LogOpened.getDefaultInstance()).build());
        for (long t = 0; t <= END_SECONDS * SECOND; t += TelemetryTrack.INTERVAL_NANOS) {
            addEvents(plan, samples, t);
            if (t > 0 && telemetrySent.test(t)) {
                samples.add(at(t).setVehicleState(state(t)).build());
            }
        }
        if (closed != LogCloseReason.LOG_CLOSE_REASON_UNSPECIFIED) {
            samples.add(at((long) END_SECONDS * SECOND)
                    .setLogClosed(LogClosed.newBuilder().setReason(closed))
                    .build());
        }
        return samples;
    }

    private void addEvents(AcceptancePlan plan, List<Sample> samples, long t) {
        stage(plan, samples, t, 0, 1, 1);
        stage(plan, samples, t, 1, 2, 6);
        stage(plan, samples, t, 2, 8, 14);
        stage(plan, samples, t, 3, 15, landingCompleted ? 18 : 1000);
        if (t == 18 * SECOND && landingCompleted) {
            samples.add(
                    at(t).setFlightEvent(FlightEvent.newBuilder().setKind(FlightEventKind.FLIGHT_EVENT_KIND_DISARMED))
                            .build());
        }
    }

    private static void stage(
            AcceptancePlan plan, List<Sample> samples, long t, int action, long accepted, long completed) {
        if (t == accepted * SECOND) {
            samples.add(command(plan, t, action, CommandStage.COMMAND_STAGE_ACCEPTED));
        }
        if (t == completed * SECOND) {
            samples.add(command(plan, t, action, CommandStage.COMMAND_STAGE_COMPLETED));
        }
    }

    private static Sample command(AcceptancePlan plan, long t, int action, CommandStage stage) {
        return at(t).setCommandEvent(CommandEvent.newBuilder()
                        .setCommandId(ByteString.copyFrom(plan.commandId(SEED, action)))
                        .setStage(stage))
                .build();
    }

    private static Sample.Builder at(long t) {
        return Sample.newBuilder().setFlightTimeNanos(t);
    }

    private VehicleState state(long t) {
        var at = belief.apply(t / 1e9);
        return VehicleState.newBuilder()
                .setArmed(t >= SECOND && (t < 18 * SECOND || !landingCompleted))
                .setPositionNorthMeters((float) at[0])
                .setPositionEastMeters((float) at[1])
                .setPositionDownMeters((float) -at[2])
                .setVelocityNorthMetersPerSecond((float) at[3])
                .setVelocityEastMetersPerSecond((float) at[4])
                .setVelocityDownMetersPerSecond((float) -at[5])
                .setAttitudeW((float) StrictMath.cos(at[6] / 2))
                .setAttitudeX((float) StrictMath.sin(at[6] / 2))
                .setBatteryVoltageVolts((float) batteryVolts)
                .addAllRotorCommands(rotorCommands.apply(t / 1e9))
                .build();
    }
}
