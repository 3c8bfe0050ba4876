package io.kryla.hil.report;

import static io.kryla.hil.report.Svg.escape;

import io.kryla.hil.campaign.CampaignSummary;
import io.kryla.hil.campaign.CampaignSummary.CriterionSpread;
import io.kryla.hil.campaign.CampaignSummary.WorstFlight;
import io.kryla.hil.campaign.FlightResult;
import io.kryla.hil.campaign.FlightResult.CriterionMargin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A campaign on one page: how many passed and how sure that is, where the margins lie, which flights to look at. */
public final class CampaignReport {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 96;
    private static final int TOP = 8;
    private static final int BOTTOM = HEIGHT - 22;
    private static final int LEFT = 52;
    private static final int RIGHT = WIDTH - 10;
    private static final int BINS = 40;

    private CampaignReport() {}

    /** The page's UTF-8 bytes. Equal inputs give equal bytes. */
    public static byte[] render(CampaignSummary summary, List<FlightResult> results) {
        var out = HtmlPage.begin(summary.name() + ": " + summary.outcome());
        HtmlPage.banner(out, summary.outcome().name(), "Campaign: " + summary.name(), sentence(summary));
        identity(out, summary);
        out.append("\n<h2>Margins over all flights</h2>\n").append(margins(summary));
        out.append("\n<h2>Flights to look at</h2>\n").append(worst(summary));
        out.append(
                "\n<h2>Distribution of each margin</h2>\n<p class=\"key\">Number of flights by margin, in the unit of the"
                        + " criterion; left of the dashed line the limit was missed.</p>");
        for (var spread : summary.criteria()) {
            var values = measured(spread.name(), results);
            if (values.length > 0) {
                out.append("\n<figure><figcaption>")
                        .append(escape(spread.name() + " [" + spread.unit() + "]"))
                        .append("</figcaption>")
                        .append(histogram(spread.name(), values))
                        .append("</figure>");
            }
        }
        return HtmlPage.end(out);
    }

    private static String sentence(CampaignSummary summary) {
        return summary.passed() + " of " + summary.flights() + " flights passed, " + summary.failed() + " failed, in "
                + summary.errors() + " the rig broke.";
    }

    private static void identity(StringBuilder out, CampaignSummary summary) {
        out.append("\n<dl>");
        fact(out, "Pass rate", percent(summary.passRate()));
        fact(out, "Required", percent(summary.requiredPassRate()));
        fact(
                out,
                "95 % interval",
                percent(summary.passRateLow()) + " to " + percent(summary.passRateHigh()) + " (Clopper and Pearson)");
        fact(out, "Flight time", Svg.number(summary.flightNanos() / 3.6e12, 2) + " h");
        fact(out, "Simulator build", summary.build());
        wide(out, "Campaign SHA-256", summary.campaignSha256());
        wide(out, "Plan SHA-256", summary.planSha256());
        wide(out, "Vehicle SHA-256", summary.vehicleSha256());
        out.append("</dl>");
    }

    private static void fact(StringBuilder out, String label, String value) {
        out.append("<div><dt>")
                .append(label)
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd></div>");
    }

    private static void wide(StringBuilder out, String label, String value) {
        out.append("<div class=\"wide\"><dt>")
                .append(label)
                .append("</dt><dd>")
                .append(value)
                .append("</dd></div>");
    }

    private static String percent(@Nullable BigDecimal ratio) {
        return ratio == null ? "–" : String.format(Locale.ROOT, "%.2f %%", 100 * ratio.doubleValue());
    }

    private static String margins(CampaignSummary summary) {
        var out = new StringBuilder("<table><thead><tr><th scope=\"col\">Criterion</th>"
                + number("th", "Limit") + number("th", "Missed") + number("th", "Not measured") + number("th", "Least")
                + number("th", "5 %") + number("th", "Median") + number("th", "95 %") + number("th", "Worst flight")
                + "</tr></thead><tbody>");
        for (var spread : summary.criteria()) {
            boolean missed = spread.missed() + spread.notMeasured() > 0;
            out.append(missed ? "<tr class=\"FAIL\">" : "<tr>")
                    .append("<th scope=\"row\">")
                    .append(escape(spread.name()))
                    .append("</th>")
                    .append(number("td", shown(spread.limit()) + " " + spread.unit()))
                    .append(number("td", Integer.toString(spread.missed())))
                    .append(number("td", Integer.toString(spread.notMeasured())))
                    .append(number("td", shown(spread.least())))
                    .append(number("td", shown(spread.percentile5())))
                    .append(number("td", shown(spread.median())))
                    .append(number("td", shown(spread.percentile95())))
                    .append(number("td", worstFlight(spread)))
                    .append("</tr>");
        }
        return out.append("</tbody></table>").toString();
    }

    private static String worstFlight(CriterionSpread spread) {
        return spread.worstFlight() == 0 ? "–" : Integer.toString(spread.worstFlight());
    }

    private static String worst(CampaignSummary summary) {
        var out = new StringBuilder("<p class=\"key\">One command flies one of them again, with session, recordings and"
                + " report: <code>kryla sim campaign --campaign FILE --flight N --out DIR</code></p>"
                + "<table><thead><tr>" + number("th", "Flight") + "<th scope=\"col\">Result</th>"
                + "<th scope=\"col\">Nearest to its limit, or farthest beyond</th>" + number("th", "Margin")
                + number("th", "Seed") + "<th scope=\"col\">Drawn</th></tr></thead><tbody>");
        for (WorstFlight flight : summary.worst()) {
            out.append("<tr class=\"")
                    .append(flight.outcome())
                    .append("\">")
                    .append(number("td", Integer.toString(flight.flight())))
                    .append(HtmlPage.pill(flight.outcome().name()))
                    .append("<td>")
                    .append(escape(flight.criterion()))
                    .append("</td>")
                    .append(number("td", shown(flight.margin()) + " " + flight.unit()))
                    .append(number("td", Long.toString(flight.seed())))
                    .append("<td>")
                    .append(escape(draws(flight.draws())))
                    .append("</td></tr>");
        }
        return out.append("</tbody></table>").toString();
    }

    private static String draws(Map<String, String> draws) {
        return draws.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String number(String tag, String text) {
        return "<" + tag + (tag.equals("th") ? " scope=\"col\"" : "") + " class=\"number\">" + escape(text) + "</" + tag
                + ">";
    }

    private static String shown(@Nullable BigDecimal value) {
        return value == null ? "–" : Svg.number(value.doubleValue(), 3);
    }

    private static double[] measured(String criterion, List<FlightResult> results) {
        var values = new ArrayList<Double>();
        for (var result : results) {
            for (CriterionMargin margin : result.criteria()) {
                if (margin.name().equals(criterion) && margin.margin() != null) {
                    values.add(margin.margin().doubleValue());
                }
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String histogram(String name, double[] values) {
        double least = Math.min(0, Arrays.stream(values).min().orElse(0));
        double most = Math.max(0, Arrays.stream(values).max().orElse(1));
        var x = Scale.around(least, most > least ? most : least + 1, LEFT, RIGHT);
        int[] counts = new int[BINS];
        double binWidth = (RIGHT - LEFT) / (double) BINS;
        for (double value : values) {
            counts[Math.max(0, Math.min(BINS - 1, (int) ((x.pixel(value) - LEFT) / binWidth)))]++;
        }
        int highest = Arrays.stream(counts).max().orElse(1);
        var svg = new Svg(WIDTH, HEIGHT, "Margins of " + name);
        svg.rectangle("frame", LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        for (int i = 0; i < BINS; i++) {
            double height = (BOTTOM - TOP - 4.0) * counts[i] / highest;
            if (counts[i] > 0) {
                svg.rectangle("bar", LEFT + i * binWidth + 0.5, BOTTOM - height, binWidth - 1, height);
            }
        }
        svg.line("limit", x.pixel(0), TOP, x.pixel(0), BOTTOM);
        for (double tick : x.ticks(10)) {
            svg.text("tick-x", x.pixel(tick), BOTTOM + 14, Svg.number(tick, x.decimals(10)));
        }
        svg.text("tick-y", LEFT - 5, TOP + 8, Integer.toString(highest));
        svg.text("tick-y", LEFT - 5, BOTTOM, "0");
        return svg.close();
    }
}
