package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CsvLineTest {
    @Test
    void cellsAreSeparatedAndLinesEndAsRfc4180Says() {
        CsvLine line = new CsvLine();
        assertThat(line.number(7).blank().text("a").flag(true).end()).hasToString("7,,a,1\r\n");
        line.clear();
        assertThat(line.blank().end()).hasToString("\r\n");
    }

    @Test
    void textIsQuotedWhereItHasToBe() {
        assertThat(text("plain text")).isEqualTo("plain text");
        assertThat(text("a,b")).isEqualTo("\"a,b\"");
        assertThat(text("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
        assertThat(text("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(text("")).isEmpty();
    }

    @Test
    void textIsNeverAFormula() {
        assertThat(text("=1+1")).isEqualTo("'=1+1");
        assertThat(text("+49")).isEqualTo("'+49");
        assertThat(text("-2")).isEqualTo("'-2");
        assertThat(text("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(text("\t=1")).isEqualTo("'\t=1");
        assertThat(text("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(text("=HYPERLINK(\"x\",\"y\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        assertThat(text("a=1")).isEqualTo("a=1");
    }

    @Test
    void secondsHaveNineDecimals() {
        assertThat(new CsvLine().seconds(0).end()).hasToString("0.000000000\r\n");
        assertThat(new CsvLine().seconds(1_000_000_001).end()).hasToString("1.000000001\r\n");
        assertThat(new CsvLine().seconds(3_600_020_000_000L).end()).hasToString("3600.020000000\r\n");
    }

    @Test
    void numbersHaveAsManyDecimalsAsTheyNeed() {
        assertThat(number(0f)).isEqualTo("0");
        assertThat(number(-0f)).isEqualTo("0");
        assertThat(number(0.1f)).isEqualTo("0.1");
        assertThat(number(-12.75f)).isEqualTo("-12.75");
        assertThat(number(16.8f)).isEqualTo("16.8");
        assertThat(number(-0.005f)).isEqualTo("-0.005");
        assertThat(number(3e38f)).isEqualTo("3E+38");
        assertThat(number(1.5e-12f)).isEqualTo("1.5E-12");
        assertThat(number(Float.NaN)).isEqualTo("NaN");
        assertThat(number(Float.POSITIVE_INFINITY)).isEqualTo("Infinity");
        assertThat(number(Float.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(new CsvLine().number(0.9250245035569946).end()).hasToString("0.9250245035569946\r\n");
    }

    @Property(tries = 1_000)
    void aFloatComesBackFromItsText(@ForAll float value) {
        assertThat((float) Double.parseDouble(number(value))).isEqualTo(value == 0 ? 0f : value);
    }

    @Property(tries = 1_000)
    void aDoubleComesBackFromItsText(@ForAll double value) {
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, value, false);
        assertThat(Double.parseDouble(text.toString())).isEqualTo(value == 0 ? 0d : value);
    }

    private static String number(float value) {
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, value, true);
        return text.toString();
    }

    private static String text(String value) {
        String line = new CsvLine().text(value).end().toString();
        return line.substring(0, line.length() - 2);
    }
}
