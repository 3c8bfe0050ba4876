/**
 * From a wished position to rotor commands: cascaded loops and the mixer. Knows the airframe only by its own parameters.
 * Imports {@code geometry} and {@code quantity}; never {@code physics}. Start at
 * {@link io.kryla.hil.control.CascadedLoops}.
 */
@NullMarked
package io.kryla.hil.control;

import org.jspecify.annotations.NullMarked;
