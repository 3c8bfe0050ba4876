package io.kryla.hil.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One flight of a campaign, to be flown alone and at any time to the same bits.
 *
 * @param index from 1
 * @param seed of all chance in the flight
 * @param draws what differs from the campaign's plan and vehicle, by the names of the variations; a fault that is planted
 *     is {@code planted}
 * @param planText the plan that is flown
 * @param vehicle the vehicle that is flown; its controller is told the campaign's own
 */
public record CampaignFlight(
        int index, long seed, Map<String, String> draws, AcceptancePlan plan, String planText, VehicleFile vehicle) {
    public CampaignFlight {
        draws = Collections.unmodifiableMap(new LinkedHashMap<>(draws));
    }
}
