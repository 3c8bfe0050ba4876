/**
 * Flies a simulated airframe: physics, sensors and flight controller in lockstep with the agent that a real airframe
 * embeds, so that a ground cannot tell them apart. A plan is flown by {@link io.kryla.hil.flight.SimulatedFlight}, an
 * airframe without a plan by {@link io.kryla.hil.flight.FreeFlight}; {@link io.kryla.hil.flight.BenchSelfTest} measures
 * one that stands. May import every package of the simulator but {@code report}, and of the core {@code airframe},
 * {@code mcap}, {@code keys}, {@code v1}. No clock is read here: flight time is counted, waiting is the agent's.
 */
@NullMarked
package io.kryla.hil.flight;

import org.jspecify.annotations.NullMarked;
