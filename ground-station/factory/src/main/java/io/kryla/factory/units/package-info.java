/**
 * What happens to a unit besides provisioning, flights and handover: set aside and released, reworked, scrapped, given up.
 * Each act is a person's statement, scrap one of two persons; what leaves a trace for others is a leaf. Start with {@link
 * io.kryla.factory.units.UnitDesk}.
 */
@NullMarked
package io.kryla.factory.units;

import org.jspecify.annotations.NullMarked;
