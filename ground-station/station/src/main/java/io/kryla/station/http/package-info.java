/**
 * HTTP of ledger and witness: a witness as a server, and the ways to one and to what a line publishes.
 *
 * <p>Nothing is believed because of where it came from: what is carried is signed. Start reading at
 * {@link io.kryla.station.http.WitnessServer}.
 */
@NullMarked
package io.kryla.station.http;

import org.jspecify.annotations.NullMarked;
