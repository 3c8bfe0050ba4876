/**
 * A bench of a line: slots that each take one airframe after the other through provisioning, at a line service elsewhere.
 * May import the airframe's side of provisioning and the simulated board. Start with {@link
 * io.kryla.station.workbench.Workbench}.
 */
@NullMarked
package io.kryla.station.workbench;

import org.jspecify.annotations.NullMarked;
