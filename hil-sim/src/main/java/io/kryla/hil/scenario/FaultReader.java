package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.scenario.FaultParameter.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the faults that the rig plants; which keys one has depends on its kind. */
final class FaultReader {
    private static final List<String> ALWAYS = List.of("kind", "from", "to", "for", "ramp");
    private static final Set<FaultKind> WITH_A_DEFAULT_AXIS =
            Set.of(FaultKind.ACCELEROMETER_STUCK, FaultKind.GYRO_STUCK, FaultKind.MAGNETOMETER_STUCK);

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
        var word = node.path("kind").asText();
        var kind = FaultKind.ofWord(word)
                .orElseThrow(
                        () -> new IllegalStateException("the schema allows a fault that is unknown here: " + word));
        var from = moments.read(pointer + "/from", node.path("from").asText());
        if (from instanceof Moment.FlightEnd) {
            plan.problem(pointer + "/from", "a fault cannot begin at the end of the flight", Optional.empty());
        }
        var to = end(pointer, node, from);
        keys(pointer, node, kind);
        if (kind == FaultKind.ROTOR_ORDER
                && node.path("rotor").asInt() == node.path("other").asInt()) {
            plan.problem(pointer + "/other", "a rotor cannot be swapped with itself", Optional.empty());
        }
        return new Fault(kind, values(pointer, node, kind), from, to, ramp(pointer, node, kind, from, to));
    }

    /** Either a moment, or a duration from the onset, or the end of the flight. */
    private Moment end(String pointer, JsonNode node, Moment from) {
        if (!node.has("for")) {
            var to = moments.read(pointer + "/to", node.path("to").asText("end"));
            moments.inOrder(pointer + "/to", from, to, "a fault ends before it begins");
            if (to.equals(from)) {
                plan.problem(pointer + "/to", "a fault that ends when it begins does nothing", Optional.empty());
            }
            return to;
        }
        if (node.has("to")) {
            plan.problem(pointer + "/for", "a fault ends by \"to\" or by \"for\", not by both", Optional.empty());
        }
        long nanos = PlanReader.nanos(node.path("for"));
        if (nanos == 0) {
            plan.problem(pointer + "/for", "for: more than 0 s", Optional.empty());
        }
        return from.plus(nanos);
    }

    private long ramp(String pointer, JsonNode node, FaultKind kind, Moment from, Moment to) {
        if (!node.has("ramp")) {
            return 0;
        }
        if (!kind.gradual()) {
            plan.problem(
                    pointer + "/ramp", kind.word() + " takes no \"ramp\": it is there or it is not", Optional.empty());
        }
        long nanos = PlanReader.nanos(node.path("ramp"));
        moments.inOrder(pointer + "/ramp", from.plus(nanos), to, "a fault is over before it has grown");
        return nanos;
    }

    private Map<String, Double> values(String pointer, JsonNode node, FaultKind kind) {
        var values = new HashMap<String, Double>();
        for (var parameter : kind.parameters()) {
            if (node.has(parameter.key())) {
                values.put(
                        parameter.key(),
                        value(pointer + "/" + parameter.key(), node.path(parameter.key()), kind, parameter));
            }
        }
        return values;
    }

    private double value(String pointer, JsonNode node, FaultKind kind, FaultParameter parameter) {
        double value = si(pointer, node, parameter);
        if (!(value >= parameter.least() && value <= parameter.most())) {
            plan.problem(
                    pointer,
                    parameter.key() + ": " + kind.word() + " takes " + bounds(parameter) + ", found \"" + node.asText()
                            + "\"",
                    Optional.empty());
        }
        return value;
    }

    private static String bounds(FaultParameter parameter) {
        var unit = parameter.form() == Form.QUANTITY ? Unit.si(parameter.dimension()) : Unit.ONE;
        int first = parameter.form() == Form.ROTOR ? 1 : 0;
        return text(parameter.least() + first) + " to " + text(parameter.most() + first)
                + (unit == Unit.ONE ? "" : " " + unit.symbol());
    }

    private static String text(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private double si(String pointer, JsonNode node, FaultParameter parameter) {
        return switch (parameter.form()) {
            case ROTOR -> node.asInt() - 1;
            case COUNT, NUMBER -> node.asDouble();
            case AXIS -> "xyz".indexOf(node.asText());
            case QUANTITY -> {
                var text = node.asText();
                var unit = Unit.ofSymbol(text.substring(text.indexOf(' ') + 1)).orElse(Unit.ONE);
                if (unit.dimension() != parameter.dimension()) {
                    plan.problem(
                            pointer,
                            parameter.key() + " is given in " + Unit.symbols(parameter.dimension()) + ", not in "
                                    + unit.symbol(),
                            Optional.empty());
                    yield parameter.harmless();
                }
                yield PlanReader.si(node);
            }
        };
    }

    private void keys(String pointer, JsonNode node, FaultKind kind) {
        var own = kind.parameters().stream().map(FaultParameter::key).toList();
        for (var parameter : kind.parameters()) {
            if (parameter.needed() && !node.has(parameter.key())) {
                plan.problem(
                        pointer,
                        "\"" + parameter.key() + "\" is missing: " + kind.word() + " needs it",
                        Optional.empty());
            }
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!ALWAYS.contains(key) && !own.contains(key)) {
                plan.problem(pointer + "/" + key, kind.word() + " takes no \"" + key + "\"", NearestWord.to(key, own));
            }
        });
        boolean allOptional = kind.parameters().stream().noneMatch(FaultParameter::needed);
        if (!own.isEmpty() && allOptional && own.stream().noneMatch(node::has) && !WITH_A_DEFAULT_AXIS.contains(kind)) {
            plan.problem(
                    pointer, kind.word() + " does nothing without one of " + String.join(", ", own), Optional.empty());
        }
    }
}
