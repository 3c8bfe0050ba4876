/**
 * A ledger's witness: replays its leaves by the shared rules and cosigns what keeps them (protocol.md §9.5).
 *
 * <p>May import replay, license and sdk-core. Start reading at {@link io.kryla.factory.witness.WitnessClient}.
 */
@NullMarked
package io.kryla.factory.witness;

import org.jspecify.annotations.NullMarked;
