package io.kryla.hil.report;

import io.kryla.hil.verdict.CriterionResult;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.Verdict;
import io.kryla.hil.verdict.VerdictJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A verdict as JUnit XML, for the servers that show tests: a test case a criterion, and one for the course. FAIL is a failure,
 * ERROR an error. It says no more than the verdict: no wall time, no host.
 */
public final class JunitReport {
    private JunitReport() {}

    /** UTF-8. Equal verdicts give equal bytes. */
    public static byte[] render(Verdict verdict) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
            out.writeStartDocument("UTF-8", "1.0");
            suite(out, verdict);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes what is written", e);
        }
        return (bytes.toString(StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void suite(XMLStreamWriter out, Verdict verdict) throws XMLStreamException {
        long failures = count(verdict, Outcome.FAIL);
        long errors = count(verdict, Outcome.ERROR);
        int tests = verdict.criteria().size() + 1;
        out.writeStartElement("testsuites");
        counts(out, tests, failures, errors);
        out.writeStartElement("testsuite");
        attribute(out, "name", verdict.planName());
        counts(out, tests, failures, errors);
        out.writeAttribute("skipped", "0");
        out.writeAttribute("time", "0");
        out.writeStartElement("properties");
        property(out, "outcome", verdict.outcome().name());
        property(out, "plan-sha256", verdict.planSha256().hex());
        property(out, "seed", Long.toUnsignedString(verdict.seed()));
        property(out, "build", verdict.build());
        out.writeEndElement();
        testCase(
                out,
                verdict,
                "Every action completed, ended disarmed",
                course(verdict),
                verdict.course().remark());
        for (CriterionResult result : verdict.criteria()) {
            testCase(out, verdict, result.criterion().name(), result.outcome(), sentence(result));
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    private static void counts(XMLStreamWriter out, int tests, long failures, long errors) throws XMLStreamException {
        out.writeAttribute("tests", Integer.toString(tests));
        out.writeAttribute("failures", Long.toString(failures));
        out.writeAttribute("errors", Long.toString(errors));
    }

    private static long count(Verdict verdict, Outcome outcome) {
        return verdict.criteria().stream()
                        .filter(result -> result.outcome() == outcome)
                        .count()
                + (course(verdict) == outcome ? 1 : 0);
    }

    /** Where the rig broke, how far the flight came says nothing. */
    private static Outcome course(Verdict verdict) {
        return verdict.rigError().isEmpty() ? verdict.course().outcome() : Outcome.ERROR;
    }

    private static void property(XMLStreamWriter out, String name, String value) throws XMLStreamException {
        out.writeEmptyElement("property");
        out.writeAttribute("name", name);
        attribute(out, "value", value);
    }

    private static void testCase(XMLStreamWriter out, Verdict verdict, String name, Outcome outcome, String sentence)
            throws XMLStreamException {
        out.writeStartElement("testcase");
        attribute(out, "name", name);
        attribute(out, "classname", verdict.planName());
        out.writeAttribute("time", "0");
        if (outcome != Outcome.PASS) {
            out.writeStartElement(outcome == Outcome.FAIL ? "failure" : "error");
            attribute(out, "message", sentence);
            out.writeAttribute("type", outcome.name());
            out.writeEndElement();
        } else {
            out.writeStartElement("system-out");
            out.writeCharacters(valid(sentence));
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    private static String sentence(CriterionResult result) {
        var criterion = result.criterion();
        String unit = " " + criterion.metric().unit().symbol();
        String limit = criterion.bound().word() + " " + VerdictJson.number(criterion.limit()) + unit;
        if (result instanceof CriterionResult.Measured measured) {
            return VerdictJson.number(measured.value()) + unit + ", " + limit + ", margin "
                    + VerdictJson.number(measured.margin()) + ", decided at " + measured.decidedAtNanos() + " ns; "
                    + criterion.source();
        }
        String reason = result instanceof CriterionResult.NotReached notReached
                ? notReached.reason()
                : ((CriterionResult.NoData) result).reason();
        return reason + "; " + limit + "; " + criterion.source();
    }

    private static void attribute(XMLStreamWriter out, String name, String value) throws XMLStreamException {
        out.writeAttribute(name, valid(value));
    }

    /** XML 1.0 has no way to write the other control characters, nor half a surrogate pair. */
    private static String valid(String text) {
        StringBuilder valid = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> valid.appendCodePoint(
                        point >= 0x20 && !(point >= 0xd800 && point < 0xe000) && point != 0xfffe && point != 0xffff
                                ? point
                                : ' '));
        return valid.toString();
    }
}
