package io.kryla.ground.fleet;

import io.kryla.v1.Parameter;
import java.util.List;

/** How a command ended. What the airframe says of it stands in its flight log. */
public sealed interface CommandOutcome {

    /** @param parameters the values in force, when the command read or wrote some */
    record Completed(long leafIndex, List<Parameter> parameters) implements CommandOutcome {
        public Completed {
            parameters = List.copyOf(parameters);
        }
    }

    /** @param code the airframe's reason, such as {@code SUPERSEDED} */
    record Failed(String code, long leafIndex) implements CommandOutcome {}

    /** It was never begun. @param code the airframe's reason, such as {@code NOT_ARMED} */
    record Refused(String code, long leafIndex) implements CommandOutcome {}

    /** The end was not heard of; {@link SentCommand#answer} says whether it was begun. */
    record NotHeard(Silence reason) implements CommandOutcome {}
}
