package io.kryla.factory.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what is wrong with one leaf. */
final class Verdict {
    private final long leafIndex;
    private final String serial;
    private final List<Finding> findings = new ArrayList<>();

    Verdict(long leafIndex, String serial) {
        this.leafIndex = leafIndex;
        this.serial = serial;
    }

    /** Notes that the rule is broken unless the condition holds; the reason is a format with its arguments. */
    boolean require(boolean holds, Rule rule, String reason, Object... arguments) {
        if (!holds) {
            findings.add(new Finding(rule, leafIndex, serial, String.format(Locale.ROOT, reason, arguments)));
        }
        return holds;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    static boolean hasEffect(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.rule().voidsLeaf());
    }
}
