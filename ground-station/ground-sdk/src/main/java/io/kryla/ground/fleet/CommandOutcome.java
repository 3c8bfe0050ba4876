package io.kryla.ground.fleet;

/** What became of a command. The airframe's answer is a record of its flight log. */
public sealed interface CommandOutcome {

    /** The airframe carries it out; how that ends is in later {@code CommandEvent}s. */
    record Accepted(long leafIndex) implements CommandOutcome {}

    /** @param code the airframe's reason, such as {@code NOT_ARMED} */
    record Refused(String code, long leafIndex) implements CommandOutcome {}

    /** Whether it arrived is not known. */
    record NoAnswer(Reason reason) implements CommandOutcome {}

    enum Reason {
        /** The time given for the command has passed. */
        DEADLINE,
        /** The link was closed for good. */
        LINK_CLOSED
    }
}
