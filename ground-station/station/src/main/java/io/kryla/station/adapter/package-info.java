/**
 * Programs of the bench's own that Kryla calls: a programmer for firmware, a printer, a scanner. Each is an argument list with
 * placeholders, run without a shell. Start with {@link io.kryla.station.adapter.BenchAdapters}.
 */
@NullMarked
package io.kryla.station.adapter;

import org.jspecify.annotations.NullMarked;
