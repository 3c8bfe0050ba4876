/**
 * The ground's network ends, and the only place that knows Netty: a TLS 1.3 listener that lets nobody speak before the
 * peer's certificates were judged, and a UDP port. No Netty type leaves it. May import sdk-core. Start at {@link
 * io.kryla.ground.link.SecureListener}; a connection passes, in this order, {@code HandshakeGuard}, TLS, {@code PeerGate}
 * and {@code PeerConversation}.
 */
@NullMarked
package io.kryla.ground.link;

import org.jspecify.annotations.NullMarked;
