package io.kryla.hil.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kryla.hil.scenario.Campaign.Base;
import io.kryla.hil.scenario.Campaign.ChanceFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a document into a campaign: schema first, then every variation put into its file at both ends of its distribution,
 * so that what cannot be flown is found before the first flight.
 */
final class CampaignReader {
    private static final DocumentSchema SCHEMA = DocumentSchema.load("campaign.schema.json");
    private static final Pattern AMOUNT = Pattern.compile("(-?[0-9.]+(?:[eE]-?[0-9]+)?)(?: (.+))?");

    private final Path file;
    private final YamlDocument document;
    private final List<DocumentProblem> problems = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // read before anything is held against it
    private VehicleFile nominal;

    private final Set<String> names = new HashSet<>();

    CampaignReader(Path file) {
        this.file = file;
        this.document =
                new YamlDocument(String.valueOf(file.getFileName()), ScenarioFiles.read(file, "CAMPAIGN"), "CAMPAIGN");
    }

    Campaign read() {
        List<DocumentProblem> broken = SCHEMA.check(document);
        if (!broken.isEmpty()) {
            throw document.invalid(broken);
        }
        JsonNode root = document.root();
        Path planFile = file.resolveSibling(root.path("plan").asText());
        byte[] planBytes = root.path("plan").asText().equals("handover")
                ? AcceptancePlan.handoverPlan()
                : ScenarioFiles.read(planFile, "PLAN");
        AcceptancePlan plan = AcceptancePlan.parse(String.valueOf(planFile.getFileName()), planBytes);
        nominal = root.has("vehicle") ? vehicle(root.path("vehicle").asText(), file) : VehicleFile.of(plan, planFile);
        Base planBase = base(String.valueOf(planFile.getFileName()), planBytes, "PLAN");
        Base vehicleBase = base("vehicle.yaml", nominal.text().getBytes(StandardCharsets.UTF_8), "VEHICLE");
        List<Placed> ofPlan = new ArrayList<>();
        List<Placed> ofVehicle = new ArrayList<>();
        for (int i = 0; i < root.path("vary").size(); i++) {
            JsonNode node = root.path("vary").path(i);
            String pointer = "/vary/" + i;
            boolean inPlan = node.path("in").asText().equals("plan");
            Variation variation = variation(pointer, node, inPlan ? "" : unitOf(vehicleBase, node));
            if (variation != null) {
                (inPlan ? ofPlan : ofVehicle).add(new Placed(pointer, variation));
            }
        }
        check(ofPlan, planBase, true);
        check(ofVehicle, vehicleBase, false);
        List<ChanceFault> faults = faults(root.path("faults"), planBase);
        if (!problems.isEmpty()) {
            throw document.invalid(problems);
        }
        return new Campaign(
                root.path("name").asText(),
                root.path("flights").asInt(),
                root.path("seed").asLong(),
                share(root.path("required-pass-rate"), 1),
                planBase,
                vehicleBase,
                nominal,
                ofPlan.stream().map(Placed::variation).toList(),
                ofVehicle.stream().map(Placed::variation).toList(),
                faults,
                document.sha256());
    }

    private static VehicleFile vehicle(String name, Path beside) {
        return name.endsWith(".yaml") ? VehicleFile.read(beside.resolveSibling(name)) : VehicleFile.shipped(name);
    }

    private static Base base(String name, byte[] bytes, String codePrefix) {
        YamlDocument document = new YamlDocument(name, bytes, codePrefix);
        return new Base(name, document.root(), document.sha256());
    }

    private List<ChanceFault> faults(JsonNode list, Base plan) {
        List<ChanceFault> faults = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.path(i);
            String pointer = "/faults/" + i;
            unique(pointer, node.path("name").asText());
            List<Variation> variations = new ArrayList<>();
            for (int k = 0; k < node.path("vary").size(); k++) {
                Variation variation =
                        variation(pointer + "/vary/" + k, node.path("vary").path(k), "");
                if (variation != null) {
                    variations.add(variation);
                }
            }
            ChanceFault fault = new ChanceFault(
                    node.path("name").asText(),
                    share(node.path("probability"), 0),
                    node.path("fault"),
                    List.copyOf(variations));
            checkFault(pointer + "/fault", fault, plan);
            faults.add(fault);
        }
        return faults;
    }

    /** A vehicle's values are numbers whose unit stands beside them: who writes the unit must mean that one. */
    private static String unitOf(Base vehicle, JsonNode variation) {
        return vehicle.root().at(variation.path("at").asText()).path("unit").asText("");
    }

    /** @param implied unit that may be written and is not part of the value */
    private @Nullable Variation variation(String pointer, JsonNode node, String implied) {
        unique(pointer, node.path("name").asText());
        List<String> kinds = new ArrayList<>();
        for (String kind : List.of("uniform", "normal", "choice")) {
            if (node.has(kind)) {
                kinds.add(kind);
            }
        }
        if (kinds.size() != 1) {
            problem(pointer, "one of \"uniform\", \"normal\" and \"choice\" is needed", Optional.empty());
            return null;
        }
        Distribution distribution =
                distribution(pointer + "/" + kinds.get(0), kinds.get(0), node.path(kinds.get(0)), implied);
        return distribution == null
                ? null
                : new Variation(node.path("name").asText(), node.path("at").asText(), distribution);
    }

    private @Nullable Distribution distribution(String pointer, String kind, JsonNode node, String implied) {
        if (kind.equals("choice")) {
            List<JsonNode> options = new ArrayList<>();
            node.forEach(options::add);
            return new Distribution.Choice(options);
        }
        boolean uniform = kind.equals("uniform");
        Matcher first = amount(node.path(uniform ? "from" : "mean"));
        Matcher second = amount(node.path(uniform ? "to" : "sigma"));
        String unit = unit(first);
        if (!unit.equals(unit(second))) {
            problem(
                    pointer,
                    "two units: \"" + unit + "\" and \"" + unit(second) + "\"; write both in one",
                    Optional.empty());
            return null;
        }
        if (!implied.isEmpty() && !unit.isEmpty() && !unit.equals(implied)) {
            problem(pointer, "the vehicle has this value in " + implied + ", not in " + unit, Optional.of(implied));
            return null;
        }
        double one = Double.parseDouble(first.group(1));
        double other = Double.parseDouble(second.group(1));
        if (uniform ? one > other : other < 0) {
            problem(pointer, uniform ? "\"from\" is above \"to\"" : "\"sigma\" is negative", Optional.empty());
            return null;
        }
        String written = implied.isEmpty() ? unit : "";
        return uniform ? new Distribution.Uniform(one, other, written) : new Distribution.Normal(one, other, written);
    }

    private static Matcher amount(JsonNode node) {
        Matcher matcher = AMOUNT.matcher(node.asText());
        if (!matcher.matches()) {
            throw new IllegalStateException("the schema allows what is no amount: " + node.asText());
        }
        return matcher;
    }

    private static String unit(Matcher amount) {
        String unit = amount.group(2);
        return unit == null ? "" : unit;
    }

    /** A variation and where the campaign has it. */
    private record Placed(String pointer, Variation variation) {}

    /** All at once, for one may need another: a wind has no direction without a speed. Then the other ends one by one. */
    private void check(List<Placed> variations, Base base, boolean inPlan) {
        JsonNode all = base.root().deepCopy();
        for (Placed placed : variations) {
            if (!placed.variation.set(
                    all, placed.variation.distribution().ends().get(0))) {
                problem(
                        placed.pointer + "/at",
                        "the " + (inPlan ? "plan" : "vehicle") + " has no " + placed.variation.at(),
                        Optional.empty());
                return;
            }
        }
        Optional<DocumentProblem> broken = problemOf(base, all, inPlan);
        if (broken.isPresent()) {
            report(culprit(variations, base, inPlan), broken.get());
            return;
        }
        for (Placed placed : variations) {
            for (JsonNode end : placed.variation.distribution().ends()) {
                JsonNode varied = all.deepCopy();
                placed.variation.set(varied, end);
                problemOf(base, varied, inPlan).ifPresent(found -> report(placed.pointer + "/at", found));
            }
        }
    }

    /** The one without which the file could be flown. */
    private String culprit(List<Placed> variations, Base base, boolean inPlan) {
        for (Placed suspect : variations) {
            JsonNode without = base.root().deepCopy();
            variations.stream()
                    .filter(placed -> placed != suspect)
                    .forEach(placed -> placed.variation.set(
                            without, placed.variation.distribution().ends().get(0)));
            if (problemOf(base, without, inPlan).isEmpty()) {
                return suspect.pointer + "/at";
            }
        }
        return "/vary";
    }

    private void report(String pointer, DocumentProblem found) {
        problem(pointer, found.what(), found.nearest());
    }

    private void checkFault(String pointer, ChanceFault fault, Base plan) {
        JsonNode bare = plan.root().deepCopy();
        ((ObjectNode) bare).withArray("faults").add(fault.fault().deepCopy());
        if (!allowed(pointer, plan, bare, true)) {
            return;
        }
        for (Variation variation : fault.variations()) {
            for (JsonNode end : variation.distribution().ends()) {
                JsonNode planted = fault.fault().deepCopy();
                variation.set(planted, end);
                JsonNode varied = plan.root().deepCopy();
                ((ObjectNode) varied).withArray("faults").add(planted);
                if (!allowed(pointer, plan, varied, true)) {
                    return;
                }
            }
        }
    }

    /** Whether a varied file is one that can be flown; if not, its plainest problem is one of the campaign. */
    private boolean allowed(String pointer, Base base, JsonNode varied, boolean inPlan) {
        Optional<DocumentProblem> found = problemOf(base, varied, inPlan);
        found.ifPresent(problem -> report(pointer, problem));
        return found.isEmpty();
    }

    private Optional<DocumentProblem> problemOf(Base base, JsonNode varied, boolean inPlan) {
        byte[] bytes = Campaign.text(varied).getBytes(StandardCharsets.UTF_8);
        try {
            if (inPlan) {
                nominal.requireFitting(AcceptancePlan.parse(base.file(), bytes), base.file());
            } else {
                VehicleFile.parse(base.file(), bytes);
            }
            return Optional.empty();
        } catch (ScenarioException e) {
            return Optional.of(
                    e.problems().isEmpty()
                            ? new DocumentProblem(base.file(), 1, 1, String.valueOf(e.getMessage()), Optional.empty())
                            : e.problems().stream()
                                    .filter(problem -> problem.nearest().isPresent())
                                    .findFirst()
                                    .orElse(e.problems().get(0)));
        }
    }

    private void unique(String pointer, String name) {
        if (!names.add(name)) {
            problem(pointer, "the name \"" + name + "\" is taken: give it a name of its own", Optional.empty());
        }
    }

    private static double share(JsonNode percent, double otherwise) {
        return percent.isMissingNode()
                ? otherwise
                : Double.parseDouble(
                                percent.asText().substring(0, percent.asText().indexOf(' ')))
                        / 100;
    }

    private void problem(String pointer, String what, Optional<String> nearest) {
        problems.add(document.problem(pointer, what, nearest));
    }
}
