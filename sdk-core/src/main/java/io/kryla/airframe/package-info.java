/**
 * The agent that an airframe's firmware embeds, and the ports it needs from the board: secure element, storage, firmware
 * slot, parameters, self-test. May import every package of this module but {@code mcap}. Start reading at {@link
 * io.kryla.airframe.AirframeAgent}.
 */
@NullMarked
package io.kryla.airframe;

import org.jspecify.annotations.NullMarked;
