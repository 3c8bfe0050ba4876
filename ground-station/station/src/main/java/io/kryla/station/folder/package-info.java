/**
 * Where things lie: the folder that anyone may audit, and the private folder beside it with keys, databases and the
 * storage of witness and airframes.
 *
 * <p>Imports nothing of the other station packages. Start reading at {@link io.kryla.station.folder.PublicFolder}.
 */
@NullMarked
package io.kryla.station.folder;

import org.jspecify.annotations.NullMarked;
