/**
 * What a ground station counts, for whoever watches it: names and meanings in {@link io.kryla.ground.metrics.GroundMetric}, where
 * they go in {@link io.kryla.ground.metrics.Metrics}, which an integrator implements or takes from an adapter. May import nothing
 * of Kryla.
 */
@NullMarked
package io.kryla.ground.metrics;

import org.jspecify.annotations.NullMarked;
