package io.kryla.station.founding;

import io.kryla.identity.Role;
import java.util.List;
import java.util.stream.Stream;

/** Who there is in a demonstration world, and under which names. */
public record WorldPlan(List<LineSite> lines) {
    private static final String DOCUMENTATION_ARC = "1.3.6.1.4.1.32473";
    public static final String GROUND_ROLE = DOCUMENTATION_ARC + ".1.1";
    public static final String STATION_ROLE = DOCUMENTATION_ARC + ".1.2";
    public static final String OPERATOR_ROLE = DOCUMENTATION_ARC + ".1.3";

    public static final String DESIGN_OID = DOCUMENTATION_ARC + ".3.1";

    public static final String LICENSOR_COUNTRY = "UA";
    public static final String WITNESS_NAME = "kryla.example/witness";
    public static final String EXPORT_OFFICER = "export-officer-1";
    public static final String CENTRE = "centre-1";
    public static final String END_USER = "end-user-1";
    public static final String MAKER_CODE = "ZZZZ";
    public static final int LICENSE_KEYS = 3;
    public static final int LICENSE_THRESHOLD = 2;

    /** What an operations CA of a line may certify. */
    static List<String> operationsRoles() {
        return Stream.concat(
                        Stream.of(GROUND_ROLE, STATION_ROLE),
                        Role.operators().stream().map(role -> role.policyUnder(OPERATOR_ROLE)))
                .toList();
    }

    public WorldPlan {
        lines = List.copyOf(lines);
    }

    /** The demonstration's two lines, in Germany and in the United Kingdom, quota 3 each. */
    public static WorldPlan demo() {
        return new WorldPlan(List.of(LineSite.numbered(1, "DE-01", "DE", 3), LineSite.numbered(2, "GB-01", "GB", 3)));
    }

    /** One line and one unit, enough to fly a plan on a bench. */
    public static WorldPlan rig() {
        return new WorldPlan(List.of(LineSite.numbered(1, "DE-01", "DE", 1)));
    }
}
