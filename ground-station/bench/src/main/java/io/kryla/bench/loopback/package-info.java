/**
 * What one receiving core takes from UDP on loopback: a station and an airframe as they are, and over the same port the bare
 * primitives and the peer.
 * Start reading at {@link io.kryla.bench.loopback.LoopbackBench}.
 */
@NullMarked
package io.kryla.bench.loopback;

import org.jspecify.annotations.NullMarked;
