package io.kryla.hil.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.hil.campaign.FlightResult.CriterionMargin;
import io.kryla.hil.scenario.Campaign;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.VerdictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What all flights of a campaign say together: {@code campaign.json}. Equal results give equal bytes.
 *
 * @param flights that were flown
 * @param outcome PASS when at least the required share passed and the rig never broke; ERROR when it broke
 * @param passRate passes over flights that were judged; null when none was
 * @param passRateLow lower end of the two-sided 95 % interval of Clopper and Pearson (Biometrika 26, 1934)
 * @param passRateHigh its upper end
 * @param criteria in the order of the plan
 * @param worst at most ten, the worst first
 */
@JsonPropertyOrder({
    "format",
    "name",
    "campaign-sha256",
    "plan-sha256",
    "vehicle-sha256",
    "build",
    "outcome",
    "flights",
    "passed",
    "failed",
    "errors",
    "required-pass-rate",
    "pass-rate",
    "pass-rate-low",
    "pass-rate-high",
    "flight-nanos",
    "criteria",
    "worst"
})
public record CampaignSummary(
        @JsonProperty("format") String format,
        @JsonProperty("name") String name,
        @JsonProperty("campaign-sha256") String campaignSha256,
        @JsonProperty("plan-sha256") String planSha256,
        @JsonProperty("vehicle-sha256") String vehicleSha256,
        @JsonProperty("build") String build,
        @JsonProperty("outcome") Outcome outcome,
        @JsonProperty("flights") int flights,
        @JsonProperty("passed") int passed,
        @JsonProperty("failed") int failed,
        @JsonProperty("errors") int errors,
        @JsonProperty("required-pass-rate") BigDecimal requiredPassRate,
        @JsonProperty("pass-rate") @Nullable BigDecimal passRate,
        @JsonProperty("pass-rate-low") @Nullable BigDecimal passRateLow,
        @JsonProperty("pass-rate-high") @Nullable BigDecimal passRateHigh,
        @JsonProperty("flight-nanos") long flightNanos,
        @JsonProperty("criteria") List<CriterionSpread> criteria,
        @JsonProperty("worst") List<WorstFlight> worst) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double ERROR_RATE = 0.05;
    private static final int WORST = 10;

    public CampaignSummary {
        criteria = List.copyOf(criteria);
        worst = List.copyOf(worst);
    }

    /**
     * How one criterion went over all flights: margins in its unit, by nearest rank. Null where nothing was measured.
     *
     * @param notMeasured flights that never came to it, or lacked the samples
     * @param worstFlight the flight of the least margin; 0 if there is none
     */
    @JsonPropertyOrder({
        "name",
        "unit",
        "limit",
        "measured",
        "missed",
        "not-measured",
        "least",
        "percentile-5",
        "median",
        "percentile-95",
        "greatest",
        "worst-flight"
    })
    public record CriterionSpread(
            @JsonProperty("name") String name,
            @JsonProperty("unit") String unit,
            @JsonProperty("limit") BigDecimal limit,
            @JsonProperty("measured") int measured,
            @JsonProperty("missed") int missed,
            @JsonProperty("not-measured") int notMeasured,
            @JsonProperty("least") @Nullable BigDecimal least,
            @JsonProperty("percentile-5") @Nullable BigDecimal percentile5,
            @JsonProperty("median") @Nullable BigDecimal median,
            @JsonProperty("percentile-95") @Nullable BigDecimal percentile95,
            @JsonProperty("greatest") @Nullable BigDecimal greatest,
            @JsonProperty("worst-flight") int worstFlight) {}

    /**
     * A flight that is worth looking at.
     *
     * @param criterion the one nearest to its limit or farthest beyond; empty after a rig error
     * @param margin of it; null where it was not measured
     */
    @JsonPropertyOrder({"flight", "seed", "outcome", "criterion", "margin", "unit", "draws"})
    public record WorstFlight(
            @JsonProperty("flight") int flight,
            @JsonProperty("seed") long seed,
            @JsonProperty("outcome") Outcome outcome,
            @JsonProperty("criterion") String criterion,
            @JsonProperty("margin") @Nullable BigDecimal margin,
            @JsonProperty("unit") String unit,
            @JsonProperty("draws") Map<String, String> draws) {}

    /** @param results of all flights, in the order of their numbers */
    public static CampaignSummary of(Campaign campaign, String build, List<FlightResult> results) {
        int passed = count(results, Outcome.PASS);
        int failed = count(results, Outcome.FAIL);
        int errors = count(results, Outcome.ERROR);
        int judged = passed + failed;
        BigDecimal rate = null;
        BigDecimal low = null;
        BigDecimal high = null;
        if (judged > 0) {
            Interval interval = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(judged, passed, ERROR_RATE);
            rate = decimal((double) passed / judged);
            low = decimal(interval.getLowerBound());
            high = decimal(interval.getUpperBound());
        }
        Outcome outcome = errors > 0 || judged == 0
                ? Outcome.ERROR
                : (double) passed / judged >= campaign.requiredPassRate() ? Outcome.PASS : Outcome.FAIL;
        return new CampaignSummary(
                "kryla-campaign-summary/1",
                campaign.name(),
                campaign.sha256().hex(),
                campaign.planSha256().hex(),
                campaign.vehicleSha256().hex(),
                build,
                outcome,
                results.size(),
                passed,
                failed,
                errors,
                decimal(campaign.requiredPassRate()),
                rate,
                low,
                high,
                results.stream().mapToLong(FlightResult::flightNanos).sum(),
                spreads(results),
                worst(results));
    }

    private static int count(List<FlightResult> results, Outcome outcome) {
        return (int)
                results.stream().filter(result -> result.outcome() == outcome).count();
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(VerdictJson.number(value));
    }

    private static List<CriterionSpread> spreads(List<FlightResult> results) {
        Map<String, List<FlightResult>> byCriterion = new LinkedHashMap<>();
        for (FlightResult result : results) {
            result.criteria()
                    .forEach(margin -> byCriterion
                            .computeIfAbsent(margin.name(), name -> new ArrayList<>())
                            .add(result));
        }
        List<CriterionSpread> spreads = new ArrayList<>();
        byCriterion.forEach((name, flights) -> spreads.add(spread(name, flights)));
        return spreads;
    }

    /** A margin and the flight that it is of. */
    private record FlownMargin(BigDecimal margin, int flight) {}

    private static CriterionSpread spread(String name, List<FlightResult> flights) {
        List<FlownMargin> sorted = new ArrayList<>();
        int missed = 0;
        CriterionMargin any = null;
        for (FlightResult flight : flights) {
            for (CriterionMargin criterion : flight.criteria()) {
                if (criterion.name().equals(name)) {
                    any = criterion;
                    if (criterion.margin() != null) {
                        sorted.add(new FlownMargin(criterion.margin(), flight.flight()));
                        missed += criterion.outcome() == Outcome.FAIL ? 1 : 0;
                    }
                }
            }
        }
        if (any == null) {
            throw new IllegalArgumentException("no flight has a criterion " + name);
        }
        sorted.sort(Comparator.comparing(FlownMargin::margin).thenComparing(FlownMargin::flight));
        boolean none = sorted.isEmpty();
        return new CriterionSpread(
                name,
                any.unit(),
                any.limit(),
                sorted.size(),
                missed,
                flights.size() - sorted.size(),
                none ? null : rank(sorted, 0),
                none ? null : rank(sorted, 0.05),
                none ? null : rank(sorted, 0.5),
                none ? null : rank(sorted, 0.95),
                none ? null : rank(sorted, 1),
                none ? 0 : sorted.get(0).flight());
    }

    private static BigDecimal rank(List<FlownMargin> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size() - 1e-9);
        return sorted.get(Math.max(1, rank) - 1).margin();
    }

    private static List<WorstFlight> worst(List<FlightResult> results) {
        return results.stream()
                .sorted(Comparator.comparing(FlightResult::outcome)
                        .reversed()
                        .thenComparing(FlightResult::closeness)
                        .thenComparing(FlightResult::flight))
                .limit(WORST)
                .map(CampaignSummary::worst)
                .toList();
    }

    private static WorstFlight worst(FlightResult result) {
        CriterionMargin tightest = result.tightest().orElse(null);
        return new WorstFlight(
                result.flight(),
                result.seed(),
                result.outcome(),
                tightest == null ? result.rigError() : tightest.name(),
                tightest == null ? null : tightest.margin(),
                tightest == null ? "" : tightest.unit(),
                result.draws());
    }

    /** UTF-8; one object, indented. */
    public byte[] encode() {
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts can be written", e);
        }
    }
}
