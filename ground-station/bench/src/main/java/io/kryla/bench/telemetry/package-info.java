/**
 * What telemetry costs on both sides, measured beside the Java MAVLink library in the same run
 * (benchmarks.md). Start reading at {@link io.kryla.bench.telemetry.TelemetryBench}.
 */
@NullMarked
package io.kryla.bench.telemetry;

import org.jspecify.annotations.NullMarked;
