package io.kryla.hil.scenario;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Acceptance plans and vehicle files. */
class ScenarioFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                AcceptancePlan.handoverPlan(),
                VehicleFile.shipped("quad-500g").text().getBytes(StandardCharsets.UTF_8),
                "name: a\nvehicle: quad-500g\n".getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void plansAndVehicles(byte[] input) {
        Executions.count();
        try {
            AcceptancePlan.parse("plan.yaml", input);
        } catch (ScenarioException e) {
            require(e.code().startsWith("PLAN_"), "a code of plans");
        }
        try {
            VehicleFile.parse("vehicle.yaml", input);
        } catch (ScenarioException e) {
            require(e.code().startsWith("VEHICLE_"), "a code of vehicles");
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
