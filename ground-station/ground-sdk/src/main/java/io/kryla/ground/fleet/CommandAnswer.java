package io.kryla.ground.fleet;

import java.util.List;

/** Whether the airframe takes a command on. What it says stands in its flight log. */
public sealed interface CommandAnswer {
    /** Every {@link #label}. */
    List<String> LABELS = List.of("ACCEPTED", "REFUSED", "NO_ANSWER");

    /** As metrics name it. */
    default String label() {
        if (this instanceof Accepted) {
            return "ACCEPTED";
        }
        return this instanceof Refused ? "REFUSED" : "NO_ANSWER";
    }

    /** @param leafIndex of the leaf that shows it: that of ACCEPTED, or of a later stage that arrived first */
    record Accepted(long leafIndex) implements CommandAnswer {}

    /** @param code the airframe's reason, such as {@code NOT_ARMED} */
    record Refused(String code, long leafIndex) implements CommandAnswer {}

    /** Nothing was heard: whether it arrived is not known. After {@link Silence#DEADLINE} it is not carried out any more. */
    record NoAnswer(Silence reason) implements CommandAnswer {}
}
