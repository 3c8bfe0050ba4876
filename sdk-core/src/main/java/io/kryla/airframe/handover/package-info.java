/**
 * The airframe's side of a handover (protocol.md §11): it checks the voucher itself, accepts the new owner's ground
 * certificates and no other's, and signs that it was there. May import {@code airframe} (ports), {@code ownership} and
 * what those may import. Start with {@code AirframeHandover}.
 */
@NullMarked
package io.kryla.airframe.handover;

import org.jspecify.annotations.NullMarked;
