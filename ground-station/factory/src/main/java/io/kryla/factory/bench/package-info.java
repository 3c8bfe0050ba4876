/**
 * Benches and their line service (protocol.md §8.8): who has started which airframe, what the bench has to do for it, and
 * the badge's signature under each. {@code BenchDoor} is the line's side, {@code BenchSession} the bench's. May import
 * {@code operators}, {@code provisioning}, {@code ground.link} and sdk-core. Start with {@code BenchDoor}.
 */
@NullMarked
package io.kryla.factory.bench;

import org.jspecify.annotations.NullMarked;
