/**
 * Telemetry as an integrator takes it: typed samples with their claim, as {@link java.util.concurrent.Flow.Publisher}s
 * whose names say what becomes of a subscriber that is slow. Live links and replays feed it through {@link
 * io.kryla.ground.stream.TelemetryRelay}, which takes verified records and nothing else. May import {@code telemetry} and
 * the messages. Start at {@link io.kryla.ground.stream.TelemetryStream}.
 */
@NullMarked
package io.kryla.ground.stream;

import org.jspecify.annotations.NullMarked;
