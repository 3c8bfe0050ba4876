package io.kryla.hil.verdict;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of {@code verdict.json} (protocol.md §10): UTF-8, fixed order of keys, numbers with six decimals rounded half
 * to even, times in whole nanoseconds. Equal verdicts give equal bytes on every JVM; they hold no identity, path, nonce or
 * wall time.
 */
public final class VerdictJson {
    private static final int DECIMALS = 6;

    private final StringBuilder out = new StringBuilder(4096);

    private VerdictJson() {}

    public static byte[] encode(Verdict verdict) {
        var json = new VerdictJson();
        json.verdict(verdict);
        return json.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void verdict(Verdict verdict) {
        out.append("{\n");
        text("  ", "format", "kryla-verdict/1");
        text("  ", "plan", verdict.planName());
        text("  ", "plan-sha256", verdict.planSha256().hex());
        text("  ", "seed", Long.toUnsignedString(verdict.seed()));
        text("  ", "build", verdict.build());
        text("  ", "outcome", verdict.outcome().name());
        if (!verdict.rigError().isEmpty()) {
            text("  ", "rig-error", verdict.rigError());
        }
        course(verdict.course());
        out.append("  \"criteria\": [");
        var separator = "\n";
        for (var result : verdict.criteria()) {
            out.append(separator);
            criterion(result);
            separator = ",\n";
        }
        out.append(verdict.criteria().isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
    }

    private void course(Course course) {
        out.append("  \"course\": {\n");
        text("    ", "outcome", course.outcome().name());
        raw("    ", "actions", Integer.toString(course.actions()));
        raw("    ", "completed", Integer.toString(course.completed()));
        raw("    ", "ended-disarmed", Boolean.toString(course.endedDisarmed()));
        text("    ", "remark", course.remark());
        close("  },\n");
    }

    private void criterion(CriterionResult result) {
        var criterion = result.criterion();
        out.append("    {\n");
        text("      ", "name", criterion.name());
        text("      ", "outcome", result.outcome().name());
        text("      ", "metric", criterion.metric().word());
        text("      ", "stream", criterion.stream().word());
        text("      ", "unit", criterion.metric().unit().symbol());
        raw("      ", criterion.bound().word(), number(criterion.limit()));
        if (result instanceof CriterionResult.Measured measured) {
            raw("      ", "value", number(measured.value()));
            raw("      ", "margin", number(measured.margin()));
            raw("      ", "decided-at-nanos", Long.toString(measured.decidedAtNanos()));
            raw("      ", "from-nanos", Long.toString(measured.fromNanos()));
            raw("      ", "to-nanos", Long.toString(measured.toNanos()));
        } else if (result instanceof CriterionResult.NotReached notReached) {
            text("      ", "reason", notReached.reason());
        } else if (result instanceof CriterionResult.NoData noData) {
            text("      ", "reason", noData.reason());
        }
        text("      ", "source", criterion.source());
        text("      ", "assumes", criterion.assumes());
        close("    }");
    }

    /** As a person reads it too: the shortest faithful form differs between Java versions, this one does not. */
    public static String number(double value) {
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private void text(String indent, String key, String value) {
        raw(indent, key, quoted(value));
    }

    private void raw(String indent, String key, String value) {
        out.append(indent).append(quoted(key)).append(": ").append(value).append(",\n");
    }

    /** Drops the comma after the last member. */
    private void close(String bracket) {
        out.setLength(out.length() - 2);
        out.append('\n').append(bracket);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
