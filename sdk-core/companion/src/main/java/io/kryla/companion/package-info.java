/**
 * The airframe's agent as a program of its own, on a companion computer beside a flight controller: samples in, commands
 * out. It uses what {@code io.kryla.airframe} exports and nothing else, so it is also where a firmware of one's own starts from.
 * Start reading at {@link io.kryla.companion.Companion}.
 */
@NullMarked
package io.kryla.companion;

import org.jspecify.annotations.NullMarked;
