/**
 * The session between an airframe and a ground (protocol.md §4, §5): the TLS channel, its set-up as two pure state machines,
 * and the sealing and opening of datagrams under the keys agreed. May import {@code keys}, {@code identity}, {@code sframe},
 * {@code link}, {@code telemetry} and {@code v1}. Start reading at {@link io.kryla.session.AirframeSetup}.
 */
@NullMarked
package io.kryla.session;

import org.jspecify.annotations.NullMarked;
