/**
 * Founds a licensor and its lines in a pair of folders: keys, authorities, trust bundle, licenses, firmware release.
 *
 * <p>For a bench and a demonstration: all parties' keys end up on one machine. May import {@code folder} and the
 * factory's desks. Start reading at {@link io.kryla.station.founding.Founding}.
 */
@NullMarked
package io.kryla.station.founding;

import org.jspecify.annotations.NullMarked;
