/**
 * The true world: a rigid multicopter, its rotors, battery, ground contact and wind, integrated at a fixed step. Nothing
 * here knows of sensors or controllers, and no flight controller may import it. Imports {@code geometry},
 * {@code geomagnetism}, {@code chance} and {@code quantity}. Start at {@link io.kryla.hil.physics.MulticopterDynamics}.
 */
@NullMarked
package io.kryla.hil.physics;

import org.jspecify.annotations.NullMarked;
