/**
 * Seeded chance that gives the same bits on every JVM: a published generator, a published Gaussian sampler, and one
 * independent stream a noise source. Imports nothing of ours. Start at {@link io.kryla.hil.chance.RandomStreams}.
 */
@NullMarked
package io.kryla.hil.chance;

import org.jspecify.annotations.NullMarked;
