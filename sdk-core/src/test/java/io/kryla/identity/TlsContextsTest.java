package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.OpaquePrivateKey;
import io.kryla.keys.Signature;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.keys.VerificationKey;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class TlsContextsTest {
    private static final String ALPN = "kryla/1";
    private static final TestLicensor LICENSOR = new TestLicensor();

    private final SoftwareSigner airframeKey = TestLicensor.p256();
    private final TlsIdentity airframe =
            new TlsIdentity(airframeKey, LICENSOR.idevid(airframeKey.key(), "9999400000001"));
    private final TlsIdentity ground = LICENSOR.ground("ground-1");

    @Test
    void provesBothKeysAndAgreesOnOneProtocol() throws SSLException {
        SSLEngine client = TlsContexts.clientEngine(airframe, ALPN);
        SSLEngine server = TlsContexts.serverEngine(ground, "kryla-provision/1", ALPN);
        handshake(client, server);
        assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(server.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        assertThat(TlsContexts.checkPeer(server, (chain, alpn) -> {
                    assertThat(chain).isEqualTo(airframe.chain());
                    assertThat(alpn).isEqualTo(ALPN);
                    return new PeerDecision.Accepted();
                }))
                .isEqualTo(new PeerDecision.Accepted());
        assertThat(TlsContexts.checkPeer(client, (chain, alpn) -> {
                    assertThat(chain).isEqualTo(ground.chain());
                    return new PeerDecision.Refused("REVOKED", "as the check says");
                }))
                .isEqualTo(new PeerDecision.Refused("REVOKED", "as the check says"));
    }

    @Test
    void announcesTwoSignatureAlgorithmsToThePeer() throws SSLException {
        SSLEngine client = TlsContexts.clientEngine(airframe, ALPN);
        SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
        handshake(client, server);
        for (SSLEngine engine : new SSLEngine[] {client, server}) {
            assertThat(((ExtendedSSLSession) engine.getSession()).getPeerSupportedSignatureAlgorithms())
                    .containsExactlyInAnyOrder("SHA256withECDSA", "SHA384withECDSA");
        }
    }

    @Test
    void signsOnceAHandshakeAndNeverResumes() throws SSLException {
        AtomicInteger signed = new AtomicInteger();
        TlsIdentity counted = new TlsIdentity(counting(airframeKey, signed), airframe.chain());
        for (int connection = 1; connection <= 3; connection++) {
            SSLEngine client = TlsContexts.clientEngine(counted, ALPN);
            SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
            handshake(client, server);
            assertThat(signed).hasValue(connection);
        }
    }

    @Test
    void turnsAwayAClientThatOffersNoProtocolOfTheServer() {
        SSLEngine client = TlsContexts.clientEngine(airframe, "http/1.1");
        SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
        assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void refusesAPeerThatOffersNoProtocolAtAll() throws SSLException {
        SSLEngine client = TlsContexts.newContext(airframe).createSSLEngine();
        client.setUseClientMode(true);
        SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
        handshake(client, server);
        assertThat(TlsContexts.checkPeer(server, (chain, alpn) -> new PeerDecision.Accepted()))
                .isInstanceOfSatisfying(
                        PeerDecision.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("NO_ALPN"));
    }

    @Test
    void turnsAwayAnOlderProtocol() {
        SSLEngine client = TlsContexts.clientEngine(airframe, ALPN);
        SSLParameters old = client.getSSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        old.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
        client.setSSLParameters(old);
        SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
        assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void failsAPeerThatDoesNotHoldTheKeyOfItsCertificate() {
        Signer thief = new Signer() {
            private final SoftwareSigner other = TestLicensor.p256();

            @Override
            public VerificationKey key() {
                return airframeKey.key();
            }

            @Override
            public Signature sign(byte[] message) {
                return other.sign(message);
            }
        };
        SSLEngine client = TlsContexts.clientEngine(new TlsIdentity(thief, airframe.chain()), ALPN);
        SSLEngine server = TlsContexts.serverEngine(ground, ALPN);
        assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void leavesTheSignerProviderLastAndWithoutPowerOverOtherKeys() {
        assertThat(OpaquePrivateKey.of(airframeKey).getEncoded()).isNull();
        Provider[] providers = Security.getProviders();
        assertThat(providers[providers.length - 1].getName()).isEqualTo("KrylaSigner");
        assertThatThrownBy(() -> new TlsIdentity(TestLicensor.p256(), airframe.chain()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Signer counting(Signer signer, AtomicInteger signed) {
        return new Signer() {
            @Override
            public VerificationKey key() {
                return signer.key();
            }

            @Override
            public Signature sign(byte[] message) {
                signed.incrementAndGet();
                return signer.sign(message);
            }
        };
    }

    /** Carries bytes between the two engines until both are done. */
    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
        ByteBuffer toClient = ByteBuffer.allocate(64 * 1024);
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < 100 && (isBusy(client) || isBusy(server)); round++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
        }
        assertThat(isBusy(client) || isBusy(server)).isFalse();
    }

    private static boolean isBusy(SSLEngine engine) {
        return engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else {
            in.flip();
            engine.unwrap(in, ByteBuffer.allocate(32 * 1024));
            in.compact();
        }
    }
}
