package io.kryla.hil.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.kryla.hil.scenario.CampaignFlight;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.Verdict;
import io.kryla.hil.verdict.VerdictJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one flight: a line of {@code results.jsonl}.
 *
 * @param flight its number, from 1
 * @param draws what was varied, by name
 * @param rigError code of what broke the rig; empty when the flight was judged
 * @param course what the flight did not come to; empty when it came to its end
 */
@JsonPropertyOrder({"flight", "seed", "draws", "outcome", "rig-error", "course", "flight-nanos", "criteria"})
public record FlightResult(
        @JsonProperty("flight") int flight,
        @JsonProperty("seed") long seed,
        @JsonProperty("draws") Map<String, String> draws,
        @JsonProperty("outcome") Outcome outcome,
        @JsonProperty("rig-error") String rigError,
        @JsonProperty("course") String course,
        @JsonProperty("flight-nanos") long flightNanos,
        @JsonProperty("criteria") List<CriterionMargin> criteria) {
    public FlightResult {
        draws = Collections.unmodifiableMap(new LinkedHashMap<>(draws));
        criteria = List.copyOf(criteria);
    }

    /**
     * One criterion of one flight; numbers in the metric's unit, with six decimals.
     *
     * @param value null where nothing was measured
     * @param margin to the limit, negative where it is missed; null where nothing was measured
     */
    @JsonPropertyOrder({"name", "outcome", "value", "margin", "limit", "unit"})
    public record CriterionMargin(
            @JsonProperty("name") String name,
            @JsonProperty("outcome") Outcome outcome,
            @JsonProperty("value") @Nullable BigDecimal value,
            @JsonProperty("margin") @Nullable BigDecimal margin,
            @JsonProperty("limit") BigDecimal limit,
            @JsonProperty("unit") String unit) {

        /** Margin over limit: how near a criterion came to being missed, whatever its unit; empty if not measured. */
        Optional<Double> relative() {
            if (margin == null) {
                return Optional.empty();
            }
            double scale = Math.abs(limit.doubleValue());
            return Optional.of(scale == 0 ? margin.doubleValue() : margin.doubleValue() / scale);
        }

        private static CriterionMargin of(CriterionResult result) {
            boolean measured = result instanceof CriterionResult.Measured;
            return new CriterionMargin(
                    result.criterion().name(),
                    result.outcome(),
                    measured ? decimal(((CriterionResult.Measured) result).value()) : null,
                    measured ? decimal(((CriterionResult.Measured) result).margin()) : null,
                    decimal(result.criterion().limit()),
                    result.criterion().metric().unit().symbol());
        }

        private static BigDecimal decimal(double value) {
            return new BigDecimal(VerdictJson.number(value));
        }
    }

    static FlightResult judged(CampaignFlight flight, Verdict verdict, long flightNanos) {
        List<CriterionMargin> margins = new ArrayList<>();
        verdict.criteria().forEach(result -> margins.add(CriterionMargin.of(result)));
        return new FlightResult(
                flight.index(),
                flight.seed(),
                flight.draws(),
                verdict.outcome(),
                "",
                verdict.course().outcome() == Outcome.PASS
                        ? ""
                        : verdict.course().remark(),
                flightNanos,
                margins);
    }

    static FlightResult broken(CampaignFlight flight, String code) {
        return new FlightResult(flight.index(), flight.seed(), flight.draws(), Outcome.ERROR, code, "", 0, List.of());
    }

    /** The criterion that came nearest to its limit, or went farthest beyond it. */
    Optional<CriterionMargin> tightest() {
        CriterionMargin found = null;
        for (CriterionMargin margin : criteria) {
            if (found == null || closeness(margin) < closeness(found)) {
                found = margin;
            }
        }
        return Optional.ofNullable(found);
    }

    /** What was never measured is worse than what was missed. */
    private static double closeness(CriterionMargin margin) {
        return margin.relative().orElse(Double.NEGATIVE_INFINITY);
    }

    double closeness() {
        return tightest().map(FlightResult::closeness).orElse(Double.NEGATIVE_INFINITY);
    }
}
