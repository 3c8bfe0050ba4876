/**
 * The airframe's side of provisioning (protocol.md §8): it claims a serial for its fresh key, proves possession, checks
 * whatever the station gives it from the root hash in its own firmware before it stores anything, and can begin again
 * after any cut. May import {@code airframe} (ports) and what that may import. Start with {@code ProvisioningClient}.
 */
@NullMarked
package io.kryla.airframe.provisioning;

import org.jspecify.annotations.NullMarked;
