package io.kryla.identity;

/**
 * The one decision about a TLS peer. It runs after every handshake, resumed ones too, and before any application byte,
 * since TLS itself decides nothing here.
 */
public interface PeerCheck {
    /**
     * Decides about the peer.
     *
     * @param untrusted the chain whose leaf key the peer has just proven to hold; nothing else is known about it
     * @param alpn the one protocol that was agreed, never empty
     */
    PeerDecision check(CertificateChain untrusted, String alpn);
}
