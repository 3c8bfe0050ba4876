package io.kryla.hil.validation;

import io.kryla.hil.closedform.ClosedFormCheck;
import io.kryla.hil.geomagnetism.FieldClosedForms;
import io.kryla.hil.physics.AirClosedForms;
import io.kryla.hil.physics.BodyClosedForms;
import io.kryla.hil.physics.RotorClosedForms;
import io.kryla.hil.sensors.SensorClosedForms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All checks with what came of them. The same build gives the same numbers to the last digit on every machine, so the page in
 * the documentation can be held against it.
 *
 * @param chapters checks by what they are about, in the order of the page
 */
public record Validation(Map<String, List<ClosedFormCheck>> chapters) {
    private static final int DIGITS = 10;
    private static final String HEAD = """
            # The simulator against closed forms

            Made by `./kryla sim validate`, which flies every line of it: what the simulator gives beside what theory or a published
            table gives, and how far the two may lie apart. Every line is a test, too, and so is that this page is what the command
            writes. Terms and parameters: [simulator.md](simulator.md).
            """;

    public Validation {
        chapters = new LinkedHashMap<>(chapters);
    }

    /** Flies them all; some seconds. */
    public static Validation run() {
        Map<String, List<ClosedFormCheck>> chapters = new LinkedHashMap<>();
        chapters.put("Rigid body", BodyClosedForms.all());
        chapters.put("Rotors and battery", RotorClosedForms.all());
        chapters.put("Air", AirClosedForms.all());
        chapters.put("Sensors", SensorClosedForms.all());
        chapters.put("Magnetic field", FieldClosedForms.all());
        return new Validation(chapters);
    }

    public List<ClosedFormCheck> checks() {
        List<ClosedFormCheck> all = new ArrayList<>();
        chapters.values().forEach(all::addAll);
        return all;
    }

    /** Markdown. */
    public String page() {
        StringBuilder page = new StringBuilder(HEAD);
        chapters.forEach((chapter, checks) -> {
            page.append("\n## ")
                    .append(chapter)
                    .append("\n\n| what | quantity | unit | expected | simulator | apart | allowed | expected by |\n")
                    .append("|---|---|---|---|---|---|---|---|\n");
            checks.forEach(check -> page.append(row(check)));
        });
        long held = checks().stream().filter(ClosedFormCheck::holds).count();
        return page.append("\n")
                .append(held)
                .append(" of ")
                .append(checks().size())
                .append(" hold.\n")
                .toString();
    }

    private static String row(ClosedFormCheck check) {
        return "| " + check.subject() + " | " + check.quantity() + " | " + check.unit() + " | "
                + number(check.expected(), DIGITS) + " | " + number(check.measured(), DIGITS) + " | "
                + number(Math.abs(check.measured() - check.expected()), 2) + " | " + number(check.tolerance(), 2)
                + (check.holds() ? "" : " **missed**") + " | " + check.source() + " |\n";
    }

    /** So many significant digits; small numbers with a power of ten. */
    private static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value, new MathContext(digits)).stripTrailingZeros();
        if (Math.abs(value) >= 1e-3) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
