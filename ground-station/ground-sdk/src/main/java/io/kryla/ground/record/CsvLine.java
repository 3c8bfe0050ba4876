package io.kryla.ground.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One line of an RFC 4180 file under construction. Numbers are written in the fewest decimals that give the same value
 * back, by arithmetic alone: {@code Float.toString} differs between releases of the JDK. Text that a spreadsheet would take
 * for a formula begins with an apostrophe.
 */
final class CsvLine {
    private static final int MOST_DECIMALS = 9;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    /** Below it, a double holds value times 10^9 without loss. */
    private static final double LARGEST_SCALED = 1L << 52;

    private static final long NANOS = 1_000_000_000L;

    private final StringBuilder line = new StringBuilder(512);
    private boolean empty = true;

    void clear() {
        line.setLength(0);
        empty = true;
    }

    /** Ends the line and returns it. */
    CharSequence end() {
        return line.append("\r\n");
    }

    private StringBuilder cell() {
        if (!empty) {
            line.append(',');
        }
        empty = false;
        return line;
    }

    CsvLine blank() {
        cell();
        return this;
    }

    CsvLine number(long value) {
        cell().append(value);
        return this;
    }

    /** Seconds with nine decimals. */
    CsvLine seconds(long nanos) {
        cell().append(nanos / NANOS).append('.');
        String fraction = Long.toString(nanos % NANOS);
        line.append("0".repeat(MOST_DECIMALS - fraction.length())).append(fraction);
        return this;
    }

    CsvLine flag(boolean value) {
        cell().append(value ? '1' : '0');
        return this;
    }

    CsvLine number(float value) {
        cell();
        append(line, value, true);
        return this;
    }

    CsvLine number(double value) {
        cell();
        append(line, value, false);
        return this;
    }

    /** Untrusted text: quoted where the format needs it, never a formula. */
    CsvLine text(String value) {
        cell();
        boolean formula = !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        if (quoted) {
            line.append('"').append(safe.replace("\"", "\"\"")).append('"');
        } else {
            line.append(safe);
        }
        return this;
    }

    /** NaN, Infinity and -Infinity under these names. */
    static void append(StringBuilder out, double value, boolean single) {
        if (!Double.isFinite(value)) {
            out.append(value);
            return;
        }
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            double scaled = Math.rint(value * POWERS[decimals]);
            if (Math.abs(scaled) >= LARGEST_SCALED) {
                break;
            }
            double back = scaled / POWERS[decimals];
            if (single ? (float) back == (float) value : back == value) {
                appendScaled(out, (long) scaled, decimals);
                return;
            }
        }
        out.append(fewestDigits(value, single));
    }

    /** Of what is very large or very small, as 1.5E-12; 9 digits are enough for any float, 17 for any double. */
    private static BigDecimal fewestDigits(double value, boolean single) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact;
        for (int digits = 1; digits <= (single ? 9 : 17); digits++) {
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            double back = rounded.doubleValue();
            if (single ? (float) back == (float) value : back == value) {
                break;
            }
        }
        return rounded.stripTrailingZeros();
    }

    private static void appendScaled(StringBuilder out, long scaled, int decimals) {
        if (scaled < 0) {
            out.append('-');
        }
        String digits = Long.toString(Math.abs(scaled));
        int whole = digits.length() - decimals;
        if (whole > 0) {
            out.append(digits, 0, whole);
        } else {
            out.append('0');
        }
        if (decimals > 0) {
            out.append('.').append("0".repeat(Math.max(0, -whole))).append(digits, Math.max(0, whole), digits.length());
        }
    }
}
