/** A witness over real sockets. */
@NullMarked
package io.kryla.station.http;

import org.jspecify.annotations.NullMarked;
