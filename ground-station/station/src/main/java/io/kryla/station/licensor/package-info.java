/**
 * The licensor's desk as a folder of its own: root and design CA, every revision of bundle, licenses and firmware, the
 * lines that were admitted. Offline: what comes and goes are files. May import the factory's desks and {@code folder}. Start reading
 * at {@link io.kryla.station.licensor.LicensorHouse}.
 */
@NullMarked
package io.kryla.station.licensor;

import org.jspecify.annotations.NullMarked;
