package io.kryla.ground.link;

import io.kryla.identity.PeerCheck;

/** What one application protocol leads to. */
record Route(PeerCheck check, SecurePeerHandlerFactory handlers) {}
