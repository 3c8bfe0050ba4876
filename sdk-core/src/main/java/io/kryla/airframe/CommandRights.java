package io.kryla.airframe;

import io.kryla.identity.Role;
import io.kryla.v1.Command;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which commands the role of a session's peer may give (protocol.md §7). What stands here nowhere, nobody may. */
final class CommandRights {
    private static final Set<Command.ActionCase> MAINTENANCE =
            EnumSet.of(Command.ActionCase.READ_PARAMETERS, Command.ActionCase.WRITE_PARAMETERS);

    private static final Map<Role, Set<Command.ActionCase>> GRANTED = Map.of(
            Role.GROUND,
            EnumSet.of(
                    Command.ActionCase.ARM,
                    Command.ActionCase.DISARM,
                    Command.ActionCase.TAKE_OFF,
                    Command.ActionCase.LAND,
                    Command.ActionCase.RETURN_TO_LAUNCH,
                    Command.ActionCase.HOLD,
                    Command.ActionCase.FLY_MISSION,
                    Command.ActionCase.READ_PARAMETERS,
                    Command.ActionCase.WRITE_PARAMETERS),
            Role.STATION,
            MAINTENANCE);

    static boolean permit(Role role, Command.ActionCase action) {
        return GRANTED.getOrDefault(role, Set.of()).contains(action);
    }

    /** Whether the agent answers the command itself, without the autopilot. */
    static boolean isMaintenance(Command.ActionCase action) {
        return MAINTENANCE.contains(action);
    }

    private CommandRights() {}
}
