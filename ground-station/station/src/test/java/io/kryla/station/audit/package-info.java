/** Attacks on a published folder: what a line, or anyone who had the folder in hands, can and cannot change unseen. */
@NullMarked
package io.kryla.station.audit;

import org.jspecify.annotations.NullMarked;
