package io.kryla.station.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demonstration is asked for.
 *
 * @param folder where it will lie; its private side beside it
 * @param replace whether a finished demonstration in the folder may go
 * @param seed of all chance in sensors and flights
 * @param plan acceptance plan to fly; the shipped one otherwise
 * @param simulatorBuild goes into ledger and verdict
 */
public record DemoOrder(Path folder, boolean replace, long seed, Optional<Path> plan, String simulatorBuild) {}
