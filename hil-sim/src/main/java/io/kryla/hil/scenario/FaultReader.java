package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the faults that the rig plants. */
final class FaultReader {
    private static final Set<String> ALWAYS = Set.of("kind", "from", "to");
    private static final Map<String, Set<String>> NEEDED = Map.of("rotor-thrust", Set.of("rotor", "factor"));
    private static final Map<String, Set<String>> OPTIONAL = Map.of("gnss-offset", Set.of("north", "east", "up"));

    private final PlanReader plan;
    private final MomentReader moments;

    FaultReader(PlanReader plan, MomentReader moments) {
        this.plan = plan;
        this.moments = moments;
    }

    List<Fault> read(JsonNode list) {
        var faults = new ArrayList<Fault>();
        for (var node : list) {
            faults.add(fault("/faults/" + faults.size(), node));
        }
        return faults;
    }

    private Fault fault(String pointer, JsonNode node) {
        var from = moments.read(pointer + "/from", node.path("from").asText());
        var to = moments.read(pointer + "/to", node.path("to").asText("end"));
        if (from instanceof Moment.FlightEnd) {
            plan.problem(pointer + "/from", "a fault cannot begin at the end of the flight", Optional.empty());
        }
        var kind = node.path("kind").asText();
        keys(pointer, node, NEEDED.getOrDefault(kind, Set.of()), OPTIONAL.getOrDefault(kind, Set.of()));
        return switch (kind) {
            case "gnss-outage" -> new Fault.GnssOutage(from, to);
            case "gnss-offset" ->
                new Fault.GnssOffset(
                        PlanReader.siOrZero(node.path("north")),
                        PlanReader.siOrZero(node.path("east")),
                        PlanReader.siOrZero(node.path("up")),
                        from,
                        to);
            case "rotor-thrust" ->
                new Fault.RotorThrust(
                        node.path("rotor").asInt() - 1, node.path("factor").asDouble(), from, to);
            default -> throw new IllegalStateException("the schema allows a fault that is unknown here: " + kind);
        };
    }

    private void keys(String pointer, JsonNode node, Set<String> needed, Set<String> optional) {
        var kind = node.path("kind").asText();
        for (var key : needed) {
            if (!node.has(key)) {
                plan.problem(pointer, "\"" + key + "\" is missing: " + kind + " needs it", Optional.empty());
            }
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!ALWAYS.contains(key) && !needed.contains(key) && !optional.contains(key)) {
                plan.problem(pointer + "/" + key, kind + " takes no \"" + key + "\"", Optional.empty());
            }
        });
    }
}
