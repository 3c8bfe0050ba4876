package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.scenario.Criterion.Bound;
import io.kryla.hil.scenario.Criterion.Stream;
import io.kryla.hil.scenario.Metric.Needs;
import io.kryla.hil.scenario.Moment.Stage;
import io.kryla.hil.scenario.PilotAction.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the criteria: each must be computable out of the stream and the action that it names. */
final class CriterionReader {
    private final PlanReader plan;
    private final MomentReader moments;
    private final List<PilotAction> actions;

    CriterionReader(PlanReader plan, MomentReader moments, List<PilotAction> actions) {
        this.plan = plan;
        this.moments = moments;
        this.actions = actions;
    }

    List<Criterion> read(JsonNode list) {
        var criteria = new ArrayList<Criterion>();
        var names = new ArrayList<String>();
        for (var node : list) {
            var criterion = criterion("/criteria/" + criteria.size(), node);
            criteria.add(criterion);
            names.add(criterion.name());
        }
        plan.unique("criteria", names);
        return criteria;
    }

    private Criterion criterion(String pointer, JsonNode node) {
        var metric = Metric.ofWord(node.path("metric").asText())
                .orElseThrow(() -> new IllegalStateException("the schema allows a metric that is unknown here"));
        var action = Optional.ofNullable(node.get("action")).map(JsonNode::asText);
        action.ifPresent(name -> moments.action(pointer + "/action", name));
        checkAction(pointer, metric, action);
        var bound = node.has("at-least") ? Bound.AT_LEAST : Bound.AT_MOST;
        if (node.has("at-least") == node.has("at-most")) {
            plan.problem(pointer, "a criterion has one limit: \"at-most\" or \"at-least\"", Optional.empty());
        }
        var from = window(pointer, "from", node, action, Stage.ACCEPTED);
        var to = window(pointer, "to", node, action, Stage.COMPLETED);
        moments.inOrder(pointer + "/window", from, to, "the window ends before it begins");
        return new Criterion(
                node.path("name").asText(),
                metric,
                stream(pointer, metric, node.path("stream").asText()),
                action,
                failsafe(pointer, metric, node),
                from,
                to,
                bound,
                limit(pointer + "/" + bound.word(), metric, node.path(bound.word())),
                node.path("source").asText(),
                node.path("assumes").asText(""));
    }

    private void checkAction(String pointer, Metric metric, Optional<String> action) {
        if (metric.needs() == Needs.WINDOW || metric.needs() == Needs.FAILSAFE) {
            return;
        }
        if (action.isEmpty()) {
            plan.problem(pointer, "\"action\" is missing: " + metric.word() + " needs it", Optional.empty());
            return;
        }
        var order = actions.stream()
                .filter(candidate -> candidate.name().equals(action.get()))
                .map(PilotAction::order)
                .findFirst();
        if (metric.needs() == Needs.TAKE_OFF
                && order.filter(Order.TakeOff.class::isInstance).isEmpty()) {
            plan.problem(pointer + "/action", metric.word() + " needs a take-off action", Optional.empty());
        }
        if (metric.needs() == Needs.MISSION
                && order.filter(Order.FlyMission.class::isInstance).isEmpty()) {
            plan.problem(pointer + "/action", metric.word() + " needs a mission action", Optional.empty());
        }
    }

    private Optional<String> failsafe(String pointer, Metric metric, JsonNode node) {
        if (node.has("failsafe") != (metric.needs() == Needs.FAILSAFE)) {
            plan.problem(
                    pointer,
                    node.has("failsafe")
                            ? metric.word() + " takes no \"failsafe\""
                            : "\"failsafe\" is missing: " + metric.word() + " needs it",
                    Optional.empty());
            return Optional.empty();
        }
        return Optional.ofNullable(node.get("failsafe")).map(JsonNode::asText);
    }

    private Stream stream(String pointer, Metric metric, String word) {
        var stream = Stream.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        boolean fits = switch (metric.streams()) {
            case EITHER -> stream != Stream.BOTH;
            case TRUTH_ONLY -> stream == Stream.TRUTH;
            case TELEMETRY_ONLY -> stream == Stream.TELEMETRY;
            case BOTH -> stream == Stream.BOTH;
        };
        if (!fits) {
            plan.problem(
                    pointer + "/stream", metric.word() + " cannot be taken from \"" + word + "\"", Optional.empty());
        }
        return stream;
    }

    /** Without a window: while the action runs, or the whole flight. */
    private Moment window(String pointer, String side, JsonNode node, Optional<String> action, Stage stage) {
        if (node.has("window")) {
            return moments.read(
                    pointer + "/window/" + side, node.path("window").path(side).asText());
        }
        if (action.isPresent()) {
            return new Moment.After(action.get(), stage, 0);
        }
        return stage == Stage.ACCEPTED ? new Moment.Elapsed(0) : new Moment.FlightEnd();
    }

    private double limit(String pointer, Metric metric, JsonNode node) {
        if (node.isMissingNode()) {
            return 0;
        }
        var text = node.asText();
        var unit = Unit.ofSymbol(text.substring(text.indexOf(' ') + 1)).orElse(metric.unit());
        if (unit.dimension() != metric.unit().dimension()) {
            plan.problem(
                    pointer,
                    metric.word() + " is measured in " + metric.unit().symbol() + ", not in " + unit.symbol(),
                    Optional.empty());
        }
        return unit == metric.unit()
                ? Double.parseDouble(text.substring(0, text.indexOf(' ')))
                : metric.unit().fromSi(PlanReader.si(node));
    }
}
