package io.kryla.hil.report;

import static io.kryla.hil.report.Svg.escape;

import io.kryla.hil.scenario.Criterion.Bound;
import io.kryla.hil.verdict.Course;
import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.CriterionResult.Measured;
import io.kryla.hil.verdict.Verdict;

/** Every criterion with its value, limit, margin and source, in the order of the plan; the course comes first. */
final class CriteriaTable {
    private static final int DECIMALS = 3;

    private CriteriaTable() {}

    static String html(Verdict verdict) {
        var out = new StringBuilder(
                "<table class=\"criteria\"><thead><tr><th scope=\"col\">Criterion</th><th scope=\"col\">Result</th>"
                        + "<th scope=\"col\" class=\"number\">Measured</th><th scope=\"col\" class=\"number\">Limit</th><th scope=\"col\" class=\"number\">Margin</th>"
                        + "<th scope=\"col\" class=\"number\">Decided at</th><th scope=\"col\">Stream</th><th scope=\"col\">Source and assumptions</th></tr></thead><tbody>");
        out.append(row(verdict.course()));
        verdict.criteria().forEach(result -> out.append(row(result)));
        return out.append("</tbody></table>").toString();
    }

    private static String row(Course course) {
        return "<tr class=\"" + course.outcome() + "\"><th scope=\"row\">Every action completed, ended disarmed</th>"
                + HtmlPage.pill(course.outcome().name())
                + number(course.completed() + " of " + course.actions())
                + number("≥ " + course.actions())
                + number("")
                + number("")
                + "<td>telemetry</td><td>" + escape(course.remark()) + "</td></tr>";
    }

    private static String row(CriterionResult result) {
        var criterion = result.criterion();
        var unit = criterion.metric().unit().symbol();
        var limit = (criterion.bound() == Bound.AT_MOST ? "≤ " : "≥ ") + shown(criterion.limit()) + " " + unit;
        var row =
                new StringBuilder("<tr class=\"" + result.outcome() + "\"><th scope=\"row\">" + escape(criterion.name())
                        + "<small>" + escape(criterion.metric().word()) + "</small></th>"
                        + HtmlPage.pill(result.outcome().name()));
        if (result instanceof Measured measured) {
            row.append(number(shown(measured.value()) + " " + unit))
                    .append(number(limit))
                    .append(number((measured.margin() >= 0 ? "+" : "") + shown(measured.margin())))
                    .append(number(Svg.number(measured.decidedAtNanos() / 1e9, 2) + " s"));
        } else {
            row.append(number("–")).append(number(limit)).append(number("–")).append(number("–"));
        }
        return row.append("<td>")
                .append(criterion.stream().word())
                .append("</td><td>")
                .append(escape(criterion.source()))
                .append(
                        criterion.assumes().isEmpty()
                                ? ""
                                : "<small>assumes " + escape(criterion.assumes()) + "</small>")
                .append(reason(result))
                .append("</td></tr>")
                .toString();
    }

    private static String reason(CriterionResult result) {
        var reason = result instanceof CriterionResult.NotReached notReached
                ? notReached.reason()
                : result instanceof CriterionResult.NoData noData ? noData.reason() : "";
        return reason.isEmpty() ? "" : "<strong>" + escape(reason) + "</strong>";
    }

    private static String number(String text) {
        return "<td class=\"number\">" + escape(text) + "</td>";
    }

    static String shown(double value) {
        return Svg.number(value, DECIMALS);
    }
}
