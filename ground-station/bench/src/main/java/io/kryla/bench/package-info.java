/** The front door of the measurements: {@code kryla bench} and {@code kryla load}. Start reading at {@link io.kryla.bench.Bench}. */
@NullMarked
package io.kryla.bench;

import org.jspecify.annotations.NullMarked;
