package io.kryla.hil.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An acceptance in many flights: the plans of a folder in the order of their file names.
 *
 * @param plans by file name
 */
public record PlanFolder(Map<String, AcceptancePlan> plans) {
    private static final String SHIPPED = "/plans/standard/";

    public PlanFolder {
        plans = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    }

    /** Reads every {@code .yaml} of a folder; {@link ScenarioException} {@code PLAN_…} says what is wrong and where. */
    public static PlanFolder read(Path folder) {
        var plans = new LinkedHashMap<String, AcceptancePlan>();
        for (var file : files(folder)) {
            plans.put(file.getFileName().toString(), AcceptancePlan.read(file));
        }
        if (plans.isEmpty()) {
            throw new ScenarioException("PLAN_UNREADABLE", "no .yaml in " + folder + "; name a folder of plans");
        }
        return new PlanFolder(plans);
    }

    private static List<Path> files(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ScenarioException(
                    "PLAN_UNREADABLE", folder + " cannot be read as a folder; name one that holds plans");
        }
    }

    /** The handover that comes with the simulator: one test a flight. */
    public static PlanFolder standard() {
        var plans = new LinkedHashMap<String, AcceptancePlan>();
        for (var name : text("index.txt").lines().toList()) {
            plans.put(name, AcceptancePlan.parse(name, text(name).getBytes(StandardCharsets.UTF_8)));
        }
        return new PlanFolder(plans);
    }

    /** The exact text of a plan of {@link #standard}. */
    public static String text(String name) {
        try (var in = PlanFolder.class.getResourceAsStream(SHIPPED + name)) {
            if (in == null) {
                throw new IllegalStateException("plans/standard/" + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
