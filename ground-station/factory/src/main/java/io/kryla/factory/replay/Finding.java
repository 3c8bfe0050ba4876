package io.kryla.factory.replay;

/** A leaf that breaks a rule. */
public record Finding(Rule rule, long leafIndex, String serial, String reason) {
    /** The rule's stable code. */
    public String code() {
        return rule.name();
    }
}
