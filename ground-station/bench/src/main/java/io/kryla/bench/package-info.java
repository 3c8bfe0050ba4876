/** The front door of the measurements: {@code kryla bench telemetry}. Start reading at {@link io.kryla.bench.Bench}. */
@NullMarked
package io.kryla.bench;

import org.jspecify.annotations.NullMarked;
