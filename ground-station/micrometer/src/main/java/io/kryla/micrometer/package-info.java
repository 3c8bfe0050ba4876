/**
 * What a ground station counts, in a Micrometer registry. May import {@code io.kryla.ground.metrics} alone. Start at {@link
 * io.kryla.micrometer.MicrometerMetrics}.
 */
@NullMarked
package io.kryla.micrometer;

import org.jspecify.annotations.NullMarked;
