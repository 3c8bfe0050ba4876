package io.kryla.hil.report;

import java.util.List;

/**
 * Whom a report is about, as the caller knows it: the report prints it and judges nothing by it.
 *
 * @param serial of the unit
 * @param level acceptance level, such as DESIGN
 * @param facts further lines in order, such as firmware, attempt, nonce
 */
public record ReportSubject(String serial, String level, List<Fact> facts) {
    public ReportSubject {
        facts = List.copyOf(facts);
    }

    /** One line of the identity block. */
    public record Fact(String label, String value) {}
}
