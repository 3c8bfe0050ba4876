package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.autopilot.Geofence;
import io.kryla.hil.geometry.GeodeticPosition;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.Weather;
import io.kryla.hil.physics.Wind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Turns a document into a plan: schema first, then what a schema cannot say (names, references, units). */
final class PlanReader {
    private static final DocumentSchema SCHEMA = DocumentSchema.load("acceptance-plan.schema.json");
    private static final long LONGEST_FLIGHT_NANOS = 3_600_000_000_000L;

    private final YamlDocument document;
    private final List<DocumentProblem> problems = new ArrayList<>();

    private PlanReader(YamlDocument document) {
        this.document = document;
    }

    static AcceptancePlan read(YamlDocument document) {
        var broken = SCHEMA.check(document);
        if (!broken.isEmpty()) {
            throw document.invalid(broken);
        }
        var reader = new PlanReader(document);
        var plan = reader.plan(document.root());
        if (!reader.problems.isEmpty()) {
            throw document.invalid(reader.problems);
        }
        return plan;
    }

    private AcceptancePlan plan(JsonNode root) {
        long timeLimitNanos = nanos(root.path("time-limit"));
        if (timeLimitNanos == 0 || timeLimitNanos > LONGEST_FLIGHT_NANOS) {
            problem("/time-limit", "time-limit: more than 0 s and at most 3600 s", Optional.empty());
        }
        var actions = new ActionReader(this).read(root.path("actions"));
        var moments = new MomentReader(this, actions, timeLimitNanos);
        moments.check(actions);
        var faults = new FaultReader(this, moments).read(root.path("faults"));
        var criteria = new CriterionReader(this, moments, actions).read(root.path("criteria"));
        return new AcceptancePlan(
                root.path("name").asText(),
                root.path("vehicle").asText(),
                site(root.path("home")),
                timeLimitNanos,
                weather(root.path("wind")),
                geofence(root.path("geofence")),
                actions,
                faults,
                criteria,
                document.sha256());
    }

    private Site site(JsonNode home) {
        try {
            var origin = new GeodeticPosition(
                    si(home.path("latitude")), si(home.path("longitude")), si(home.path("altitude")));
            if (home.has("magnetic-field") == home.has("year")) {
                problem("/home", "home: either \"year\" or \"magnetic-field\" is needed", Optional.empty());
                return Site.reference();
            }
            if (home.has("year")) {
                return Site.at(origin, home.path("year").asDouble());
            }
            var field = home.path("magnetic-field");
            return new Site(
                    origin, si(field.path("declination")), si(field.path("inclination")), si(field.path("intensity")));
        } catch (IllegalArgumentException e) {
            problem("/home", "home: " + e.getMessage(), Optional.empty());
            return Site.reference();
        }
    }

    /** The plan says whence it blows, physics whither. */
    private Weather weather(JsonNode wind) {
        if (wind.isMissingNode()) {
            return Weather.calm();
        }
        double speed = si(wind.path("speed"));
        double from = siOrZero(wind.path("from"));
        try {
            return new Weather(
                    new Wind(-speed * StrictMath.cos(from) + 0.0, -speed * StrictMath.sin(from) + 0.0, 0),
                    siOrZero(wind.path("turbulence")));
        } catch (IllegalArgumentException e) {
            problem("/wind", "wind: " + e.getMessage(), Optional.empty());
            return Weather.calm();
        }
    }

    private Geofence geofence(JsonNode fence) {
        if (fence.isMissingNode()) {
            return Geofence.widest();
        }
        try {
            return new Geofence(si(fence.path("radius")), si(fence.path("height")));
        } catch (IllegalArgumentException e) {
            problem("/geofence", "geofence: " + e.getMessage(), Optional.empty());
            return Geofence.widest();
        }
    }

    void problem(String pointer, String what, Optional<String> nearest) {
        problems.add(document.problem(pointer, what, nearest));
    }

    /** Finds every name that stands twice. */
    void unique(String list, List<String> names) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                problem(
                        "/" + list + "/" + i,
                        "the name \"" + names.get(i) + "\" is taken: give it a name of its own",
                        Optional.empty());
            }
        }
    }

    /** A quantity whose form the schema has checked, in SI. */
    static double si(JsonNode quantity) {
        var text = quantity.asText();
        int space = text.indexOf(' ');
        return Unit.ofSymbol(text.substring(space + 1))
                .orElseThrow(() -> new IllegalStateException("the schema allows a unit that is unknown here: " + text))
                .toSi(Double.parseDouble(text.substring(0, space)));
    }

    static double siOrZero(JsonNode quantity) {
        return quantity.isMissingNode() ? 0 : si(quantity);
    }

    /** A time whose form the schema has checked. */
    static long nanos(JsonNode time) {
        return MomentReader.nanos(time.asText());
    }
}
