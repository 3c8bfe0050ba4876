/**
 * What one receiving core takes from UDP on loopback: a station and an airframe as they are, and the peer over the same port.
 * Start reading at {@link io.kryla.bench.loopback.LoopbackBench}.
 */
@NullMarked
package io.kryla.bench.loopback;

import org.jspecify.annotations.NullMarked;
