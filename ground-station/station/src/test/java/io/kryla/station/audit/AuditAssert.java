package io.kryla.station.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.audit.AuditReport;

/** Says what an audit of the folder, as it is now, has to come to. */
final class AuditAssert {
    private final AuditReport report;

    private AuditAssert(AuditReport report) {
        this.report = report;
    }

    static AuditAssert assertThatFolder(PublishedFolder folder) {
        return new AuditAssert(folder.audit());
    }

    /** Among the findings is one of this code at this file, and the file is listed as unproven. */
    AuditAssert isRefusedFor(String code, String file) {
        assertThat(report.findings())
                .anyMatch(found -> found.code().equals(code) && found.file().equals(file));
        assertThat(report.passed()).isFalse();
        return this;
    }

    /** No finding has this code: what was found is the proof's own word. */
    AuditAssert butNotFor(String code) {
        assertThat(report.findings()).noneMatch(found -> found.code().equals(code));
        return this;
    }
}
