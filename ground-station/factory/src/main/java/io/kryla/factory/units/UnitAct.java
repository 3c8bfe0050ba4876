package io.kryla.factory.units;

import io.kryla.identity.Role;
import java.util.Set;

/** An act on one unit, with the step that its statement names and who may do it. */
public enum UnitAct {
    QUARANTINE("quarantine", Set.of(Role.TECHNICIAN, Role.TESTER, Role.ENGINEER, Role.QUALITY), false),
    RELEASE("release", Set.of(Role.QUALITY), false),
    REWORK("rework", Set.of(Role.TECHNICIAN, Role.ENGINEER), false),
    /** Gives a unit up before its birth. */
    VOID("void", Set.of(Role.ENGINEER, Role.QUALITY), false),
    SCRAP("scrap", Set.of(Role.ENGINEER, Role.QUALITY), true);

    private final String step;
    private final Set<Role> roles;
    private final boolean twoPersons;

    UnitAct(String step, Set<Role> roles, boolean twoPersons) {
        this.step = step;
        this.roles = roles;
        this.twoPersons = twoPersons;
    }

    public String step() {
        return step;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** Whether another person has to approve it. */
    public boolean needsTwoPersons() {
        return twoPersons;
    }
}
