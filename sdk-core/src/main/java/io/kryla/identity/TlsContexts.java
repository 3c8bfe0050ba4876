package io.kryla.identity;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 with certificates on both sides and without a trust decision: after the handshake the caller asks
 * {@link #checkPeer} before it reads or writes any application byte.
 *
 * <p>Each connection has a context of its own, so that no session is ever resumed: resumption would skip the trust
 * manager and carry over between application protocols, and JDK 17 has no switch to turn it off. A server announces no
 * accepted issuers. Signatures are ecdsa_secp256r1_sha256 and ecdsa_secp384r1_sha384 alone.
 */
public final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHER_SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};

    /**
     * A ticket may live for seven days (RFC 8446 §4.6.1): a server that would let sessions live longer sends none. Nobody
     * could use it, and with two chains inside it is as long as the rest of the server's handshake.
     */
    private static final int NO_TICKETS_SECONDS = 7 * 24 * 3_600 + 1;

    private TlsContexts() {}

    /** An engine for one outgoing connection that offers one application protocol. */
    public static SSLEngine clientEngine(TlsIdentity identity, String alpn) {
        SSLEngine engine = newContext(identity).createSSLEngine();
        engine.setUseClientMode(true);
        engine.setSSLParameters(clientParameters(alpn));
        return engine;
    }

    /** An engine for one accepted connection; a client that offers none of the protocols is turned away. */
    public static SSLEngine serverEngine(TlsIdentity identity, String... alpns) {
        SSLEngine engine = newContext(identity).createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters(alpns));
        return engine;
    }

    /** A context for one connection; sockets made of it need {@link #clientParameters} or {@link #serverParameters}. */
    public static SSLContext newContext(TlsIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new SignerKeyManager(identity)},
                    new TrustManager[] {new UndecidedTrustManager()},
                    new SecureRandom());
            context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every supported Java platform has TLS 1.3", e);
        }
    }

    /** What a client's socket or engine has to be set to. */
    public static SSLParameters clientParameters(String alpn) {
        return parameters(alpn);
    }

    /** What a server's socket or engine has to be set to; the peer has to present a certificate. */
    public static SSLParameters serverParameters(String... alpns) {
        SSLParameters parameters = parameters(alpns);
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** Asks the check about the peer of a finished handshake. */
    public static PeerDecision checkPeer(SSLEngine engine, PeerCheck check) {
        return checkPeer(engine.getSession(), engine.getApplicationProtocol(), check);
    }

    /** Asks the check about the peer of a finished handshake. */
    public static PeerDecision checkPeer(SSLSocket socket, PeerCheck check) {
        return checkPeer(socket.getSession(), socket.getApplicationProtocol(), check);
    }

    private static PeerDecision checkPeer(SSLSession session, String alpn, PeerCheck check) {
        if (alpn == null || alpn.isEmpty()) {
            return new PeerDecision.Refused("NO_ALPN", "the peer agreed to no application protocol");
        }
        try {
            return CertificateChain.fromTls(session.getPeerCertificates())
                    .map(chain -> check.check(chain, alpn))
                    .orElseGet(() -> new PeerDecision.Refused("PATH", "the peer's chain is too long"));
        } catch (SSLPeerUnverifiedException e) {
            return new PeerDecision.Refused("PATH", "the peer presented no certificate");
        }
    }

    private static SSLParameters parameters(String... alpns) {
        if (alpns.length == 0) {
            throw new IllegalArgumentException("alpns: at least one expected");
        }
        SSLParameters parameters = new SSLParameters(CIPHER_SUITES, PROTOCOLS);
        parameters.setApplicationProtocols(alpns);
        parameters.setAlgorithmConstraints(new EcdsaSignaturesOnly());
        return parameters;
    }
}
