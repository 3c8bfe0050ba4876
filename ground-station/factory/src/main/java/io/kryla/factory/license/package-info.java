/**
 * The licensor's signed documents: making them, and admitting them at a line (protocol.md §3).
 *
 * <p>May import sdk-core's keys, dsse and identity. Start reading at {@link io.kryla.factory.license.SerialSpace}.
 */
@NullMarked
package io.kryla.factory.license;

import org.jspecify.annotations.NullMarked;
