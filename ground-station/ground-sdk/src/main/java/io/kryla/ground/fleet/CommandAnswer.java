package io.kryla.ground.fleet;

/** Whether the airframe takes a command on. What it says stands in its flight log. */
public sealed interface CommandAnswer {

    /** @param leafIndex of the leaf that shows it: that of ACCEPTED, or of a later stage that arrived first */
    record Accepted(long leafIndex) implements CommandAnswer {}

    /** @param code the airframe's reason, such as {@code NOT_ARMED} */
    record Refused(String code, long leafIndex) implements CommandAnswer {}

    /** Nothing was heard: whether it arrived is not known. After {@link Silence#DEADLINE} it is not carried out any more. */
    record NoAnswer(Silence reason) implements CommandAnswer {}
}
