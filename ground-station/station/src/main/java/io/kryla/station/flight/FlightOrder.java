package io.kryla.station.flight;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;

/**
 * What is to be flown.
 *
 * @param seed of all chance in the flight
 * @param simulatorBuild goes into ledger and verdict
 */
public record FlightOrder(AcceptancePlan plan, VehicleFile vehicle, long seed, String simulatorBuild) {}
