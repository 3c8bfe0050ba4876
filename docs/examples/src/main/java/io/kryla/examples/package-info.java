/**
 * Programs of an integrator's own, as short as they get: compiled with the product, run by its tests, quoted by the
 * quickstarts. They use the ground SDK as anyone would. Start at {@link io.kryla.examples.SmallestGround}.
 */
@NullMarked
package io.kryla.examples;

import org.jspecify.annotations.NullMarked;
