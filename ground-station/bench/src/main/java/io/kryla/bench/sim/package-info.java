/**
 * How fast the simulator is: its world, its controller, whole flights (benchmarks.md). Start reading at {@link
 * io.kryla.bench.sim.SimBench}.
 */
@NullMarked
package io.kryla.bench.sim;

import org.jspecify.annotations.NullMarked;
