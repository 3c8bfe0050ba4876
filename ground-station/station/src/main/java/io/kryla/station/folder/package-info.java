/**
 * Where things lie: the folder that anyone may audit, and the private folder beside it with keys, databases and the
 * storage of witness and airframes.
 *
 * <p>May import the layout of the public side, {@code factory.manifest}. Start reading at {@link io.kryla.station.folder.PrivateFolder}.
 */
@NullMarked
package io.kryla.station.folder;

import org.jspecify.annotations.NullMarked;
