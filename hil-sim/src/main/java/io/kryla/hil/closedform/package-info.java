/**
 * A computed value held against what theory gives for it. Imports nothing of ours. Start at {@link
 * io.kryla.hil.closedform.ClosedFormCheck}.
 */
@NullMarked
package io.kryla.hil.closedform;

import org.jspecify.annotations.NullMarked;
