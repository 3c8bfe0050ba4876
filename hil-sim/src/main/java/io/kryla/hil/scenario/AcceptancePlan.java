package io.kryla.hil.scenario;

import io.kryla.hil.autopilot.Geofence;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.Weather;
import io.kryla.keys.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One acceptance flight and the criteria that decide over it (acceptance.md). A plan that exists is consistent: every
 * moment refers to an action of the plan, every criterion can be computed out of the streams it names.
 *
 * @param name for people
 * @param vehicle name of a shipped vehicle, or a path relative to the plan that ends in {@code .yaml}
 * @param site where the airframe is armed, and the magnetic field there
 * @param timeLimitNanos flight time at which the rig ends the flight
 * @param geofence how far from home the airframe may fly; it is told so
 * @param actions in the order of the file; an action's index is part of its command's id
 * @param sha256 of the file's exact bytes
 */
public record AcceptancePlan(
        String name,
        String vehicle,
        Site site,
        long timeLimitNanos,
        Weather weather,
        Geofence geofence,
        List<PilotAction> actions,
        List<Fault> faults,
        List<Criterion> criteria,
        Digest sha256) {

    private static final byte[] COMMAND_ID_LABEL = "kryla plan command v1".getBytes(StandardCharsets.US_ASCII);
    private static final int COMMAND_ID_LENGTH = 16;

    public AcceptancePlan {
        actions = List.copyOf(actions);
        faults = List.copyOf(faults);
        criteria = List.copyOf(criteria);
    }

    /** Reads a plan file; {@link ScenarioException} {@code PLAN_…} says what is wrong with it and where. */
    public static AcceptancePlan read(Path file) {
        return parse(file.getFileName().toString(), ScenarioFiles.read(file, "PLAN"));
    }

    /** Reads a plan out of bytes; {@code file} is the name that problems are reported under. */
    public static AcceptancePlan parse(String file, byte[] bytes) {
        return PlanReader.read(new YamlDocument(file, bytes, "PLAN"));
    }

    /** The exact bytes of the plan that the demo flies: arm, take off, hover, square, return, land. */
    public static byte[] handoverPlan() {
        try (var in = AcceptancePlan.class.getResourceAsStream("/plans/handover.yaml")) {
            if (in == null) {
                throw new IllegalStateException("plans/handover.yaml is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The id of the command that an action sends: 16 bytes of a hash over the plan, the seed and the action's index. So
     * two runs of the same plan send the same ids, and no two actions of a plan share one.
     */
    public byte[] commandId(long seed, int action) {
        var numbers = ByteBuffer.allocate(12).putLong(seed).putInt(action).array();
        return Arrays.copyOf(
                Digest.sha256(COMMAND_ID_LABEL, sha256.bytes(), numbers).bytes(), COMMAND_ID_LENGTH);
    }

    /** The index of the action of that name. */
    public int indexOf(String action) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).name().equals(action)) {
                return i;
            }
        }
        throw new IllegalArgumentException("action: no such name in the plan: " + action);
    }

    /** Whether {@link #vehicle()} is a file beside the plan rather than a shipped vehicle. */
    public boolean vehicleIsFile() {
        return vehicle.endsWith(".yaml");
    }
}
