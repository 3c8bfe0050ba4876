/**
 * The demonstration: a licensor, two lines, two airframes, from birth to handover, and the audit of all of it.
 *
 * <p>Brings the other station packages together and adds nothing of its own but the order of events. Start reading at
 * {@link io.kryla.station.demo.Demo}.
 */
@NullMarked
package io.kryla.station.demo;

import org.jspecify.annotations.NullMarked;
