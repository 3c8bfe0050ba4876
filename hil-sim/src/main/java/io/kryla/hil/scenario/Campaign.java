package io.kryla.hil.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.keys.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many flights of one plan, each with a seed of its own and with values of plan and vehicle drawn from distributions
 * (campaigns.md). What a flight is depends on the campaign and its number alone. Safe for threads.
 */
public final class Campaign {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final int flights;
    private final long seed;
    private final double requiredPassRate;
    private final Base plan;
    private final Base vehicle;
    private final VehicleFile nominal;
    private final List<Variation> planVariations;
    private final List<Variation> vehicleVariations;
    private final List<ChanceFault> faults;
    private final Digest sha256;

    /** A document as its file has it. */
    record Base(String file, JsonNode root, Digest sha256) {}

    /**
     * A fault that is planted in some flights.
     *
     * @param probability from 0 to 1
     * @param fault as a plan writes it
     * @param variations in the fault
     */
    record ChanceFault(String name, double probability, JsonNode fault, List<Variation> variations) {}

    Campaign(
            String name,
            int flights,
            long seed,
            double requiredPassRate,
            Base plan,
            Base vehicle,
            VehicleFile nominal,
            List<Variation> planVariations,
            List<Variation> vehicleVariations,
            List<ChanceFault> faults,
            Digest sha256) {
        this.name = name;
        this.flights = flights;
        this.seed = seed;
        this.requiredPassRate = requiredPassRate;
        this.plan = plan;
        this.vehicle = vehicle;
        this.nominal = nominal;
        this.planVariations = List.copyOf(planVariations);
        this.vehicleVariations = List.copyOf(vehicleVariations);
        this.faults = List.copyOf(faults);
        this.sha256 = sha256;
    }

    /** Reads a campaign and the files that it names; {@link ScenarioException} says what is wrong with which and where. */
    public static Campaign read(Path file) {
        return new CampaignReader(file).read();
    }

    public String name() {
        return name;
    }

    /** How many there are. */
    public int flights() {
        return flights;
    }

    /** From 0 to 1: what the campaign asks for. */
    public double requiredPassRate() {
        return requiredPassRate;
    }

    public Digest sha256() {
        return sha256;
    }

    /** Of the plan's file, before anything is varied. */
    public Digest planSha256() {
        return plan.sha256();
    }

    /** Of the vehicle's file, before anything is varied. */
    public Digest vehicleSha256() {
        return vehicle.sha256();
    }

    /** @param index from 1 to {@link #flights()} */
    public CampaignFlight flight(int index) {
        if (index < 1 || index > flights) {
            throw new IllegalArgumentException("index: 1 to " + flights + " expected, got " + index);
        }
        long flightSeed = seed + index;
        RandomStreams chance = new RandomStreams(flightSeed);
        Map<String, String> draws = new LinkedHashMap<>();
        JsonNode varied = plan.root().deepCopy();
        planVariations.forEach(variation -> vary(variation, varied, chance, draws));
        for (ChanceFault fault : faults) {
            if (Distribution.unitInterval(chance, "campaign fault " + fault.name()) < fault.probability()) {
                plant(fault, (ObjectNode) varied, chance, draws);
            }
        }
        String planText = text(varied);
        return new CampaignFlight(
                index,
                flightSeed,
                draws,
                AcceptancePlan.parse(plan.file(), planText.getBytes(StandardCharsets.UTF_8)),
                planText,
                vehicle(chance, draws));
    }

    private static void plant(ChanceFault fault, ObjectNode plan, RandomStreams chance, Map<String, String> draws) {
        draws.put(fault.name(), "planted");
        JsonNode planted = fault.fault().deepCopy();
        fault.variations().forEach(variation -> vary(variation, planted, chance, draws));
        plan.withArray("faults").add(planted);
    }

    private VehicleFile vehicle(RandomStreams chance, Map<String, String> draws) {
        if (vehicleVariations.isEmpty()) {
            return nominal;
        }
        JsonNode varied = vehicle.root().deepCopy();
        vehicleVariations.forEach(variation -> vary(variation, varied, chance, draws));
        VehicleFile flown = VehicleFile.parse(vehicle.file(), text(varied).getBytes(StandardCharsets.UTF_8));
        return new VehicleFile(flown.vehicle(), flown.sensors(), nominal.design(), flown.text(), flown.sha256());
    }

    private static void vary(Variation variation, JsonNode document, RandomStreams chance, Map<String, String> draws) {
        JsonNode value = variation.distribution().draw(chance, "campaign " + variation.name());
        variation.set(document, value);
        String unit = document.at(variation.at()).path("unit").asText();
        draws.put(variation.name(), unit.isEmpty() ? value.asText() : value.asText() + " " + unit);
    }

    /** What JSON says, YAML says too. */
    static String text(JsonNode document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
