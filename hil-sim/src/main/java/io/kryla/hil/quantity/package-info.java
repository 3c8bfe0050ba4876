/**
 * Checks that a physical parameter is a number that makes sense, with an error that names it. Imports nothing of ours.
 * Start at {@link io.kryla.hil.quantity.Quantity}.
 */
@NullMarked
package io.kryla.hil.quantity;

import org.jspecify.annotations.NullMarked;
