/** The telemetry that is measured, ours and the peer's. */
@NullMarked
package io.kryla.bench.reference;

import org.jspecify.annotations.NullMarked;
