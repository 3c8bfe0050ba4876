package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.scenario.PilotAction.Order;
import io.kryla.hil.scenario.PilotAction.Waypoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the pilot's actions; which keys an action has depends on what it does. */
final class ActionReader {
    private static final Set<String> ALWAYS = Set.of("do", "name", "at", "expect");
    private static final Map<String, Set<String>> OWN =
            Map.of("take-off", Set.of("height"), "mission", Set.of("waypoints", "speed"));
    private static final double HIGHEST_METERS = 120;

    private final PlanReader plan;

    ActionReader(PlanReader plan) {
        this.plan = plan;
    }

    List<PilotAction> read(JsonNode list) {
        var actions = new ArrayList<PilotAction>();
        var names = new ArrayList<String>();
        for (var node : list) {
            var pointer = "/actions/" + actions.size();
            var verb = node.path("do").asText();
            names.add(node.path("name").asText(verb));
            actions.add(new PilotAction(
                    names.get(names.size() - 1),
                    MomentReader.parse(node.path("at").asText()),
                    order(pointer, verb, node),
                    node.path("expect").asText("")));
        }
        plan.unique("actions", names);
        return actions;
    }

    private Order order(String pointer, String verb, JsonNode node) {
        keys(pointer, verb, node, OWN.getOrDefault(verb, Set.of()));
        return switch (verb) {
            case "arm" -> new Order.Arm();
            case "take-off" -> new Order.TakeOff(height(pointer + "/height", node.path("height")));
            case "hold" -> new Order.Hold();
            case "mission" -> mission(pointer, node);
            case "return" -> new Order.ReturnToLaunch();
            case "land" -> new Order.Land();
            case "disarm" -> new Order.Disarm();
            default -> throw new IllegalStateException("the schema allows an action that is unknown here: " + verb);
        };
    }

    private Order.FlyMission mission(String pointer, JsonNode node) {
        var waypoints = new ArrayList<Waypoint>();
        for (var waypoint : node.path("waypoints")) {
            waypoints.add(new Waypoint(
                    PlanReader.si(waypoint.path("north")),
                    PlanReader.si(waypoint.path("east")),
                    height(pointer + "/waypoints/" + waypoints.size() + "/height", waypoint.path("height"))));
        }
        double speed = PlanReader.siOrZero(node.path("speed"));
        if (node.has("speed") && speed <= 0) {
            plan.problem(pointer + "/speed", "speed: more than 0 m/s", Optional.empty());
        }
        return new Order.FlyMission(waypoints, speed);
    }

    private double height(String pointer, JsonNode node) {
        double meters = PlanReader.siOrZero(node);
        if (!node.isMissingNode() && (meters <= 0 || meters > HIGHEST_METERS)) {
            plan.problem(pointer, "height: more than 0 m and at most 120 m above home", Optional.empty());
        }
        return meters;
    }

    private void keys(String pointer, String verb, JsonNode node, Set<String> own) {
        for (var key : own) {
            if (!node.has(key)) {
                plan.problem(pointer, "\"" + key + "\" is missing: " + verb + " needs it", Optional.empty());
            }
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!ALWAYS.contains(key) && !own.contains(key)) {
                plan.problem(pointer + "/" + key, verb + " takes no \"" + key + "\"", Optional.empty());
            }
        });
    }
}
