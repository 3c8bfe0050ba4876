package io.kryla.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.airframe.TestLine;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's end against servers that behave and servers that do not. */
@Timeout(30)
class SecureChannelIT {
    private static final ChannelLimits IMPATIENT =
            new ChannelLimits(Duration.ofSeconds(5), Duration.ofMillis(700), Duration.ofSeconds(5), 65_536);
    private static final PeerCheck ANYONE = (chain, alpn) -> new PeerDecision.Accepted();

    private static TestLine line;
    private static TlsIdentity client;
    private static TlsIdentity server;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    private interface Conversation {
        void with(SSLSocket peer) throws IOException;
    }

    private interface Rudeness {
        void with(Socket peer) throws IOException;
    }

    @BeforeAll
    static void makeIdentities() {
        line = new TestLine();
        client = line.ground(line.operations);
        server = line.ground(line.operations);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void carriesMessagesBothWays() throws Exception {
        InetSocketAddress address = serve(peer -> {
            byte[] message = peer.getInputStream().readNBytes(7);
            peer.getOutputStream().write(message);
            peer.getInputStream().read();
        });
        try (SecureChannel channel = connect(address, ANYONE, ChannelLimits.STANDARD)) {
            channel.send(new byte[] {1, 2, 3});
            assertThat(channel.receive(Duration.ofSeconds(10))).containsExactly(1, 2, 3);
            assertThat(channel.peerChain().leaf()).isEqualTo(server.chain().leaf());
        }
    }

    @Test
    void aRefusedPeerSeesNoApplicationByte() throws Exception {
        CompletableFuture<Integer> firstByte = new CompletableFuture<>();
        InetSocketAddress address =
                serve(peer -> firstByte.complete(peer.getInputStream().read()));
        PeerCheck nobody = (chain, alpn) -> new PeerDecision.Refused("REVOKED", "for " + alpn);
        assertCode("REVOKED", () -> connect(address, nobody, ChannelLimits.STANDARD));
        assertThat(firstByte
                        .handle((read, broken) -> broken != null || read == -1)
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void givesUpOnAPeerThatSaysNothing() throws Exception {
        InetSocketAddress address = listen(peer -> peer.getInputStream().transferTo(OutputStream.nullOutputStream()));
        assertCode("HANDSHAKE_FAILED", () -> connect(address, ANYONE, IMPATIENT));
    }

    @Test
    void givesUpOnAPeerThatDripsItsBytes() throws Exception {
        // The beginning of a ServerHello record that never ends: each byte would start a read time-out anew.
        byte[] begun = {22, 3, 3, 0x40, 0, 2, 0, 0x3f};
        InetSocketAddress address = listen(peer -> {
            peer.getOutputStream().write(begun);
            threads.scheduleAtFixedRate(() -> drip(peer), 50, 50, TimeUnit.MILLISECONDS);
            peer.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        assertCode("HANDSHAKE_FAILED", () -> connect(address, ANYONE, IMPATIENT));
    }

    @Test
    void aPeerThatGoesAwayInTheHandshakeMayBeBackSoon() throws Exception {
        InetSocketAddress dies = listen(peer -> {
            peer.getInputStream().read();
            peer.setSoLinger(true, 0); // a reset, as of a process that was killed
        });
        InetSocketAddress leaves = listen(peer -> {
            peer.getInputStream().read(new byte[65_536]);
            peer.shutdownOutput();
            peer.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        for (InetSocketAddress address : List.of(dies, leaves)) {
            assertThatThrownBy(() -> connect(address, ANYONE, ChannelLimits.STANDARD))
                    .isInstanceOfSatisfying(ChannelException.class, e -> {
                        assertThat(e.code()).isEqualTo("HANDSHAKE_FAILED");
                        assertThat(e.retryable()).isTrue();
                    });
        }
    }

    @Test
    void givesUpOnAPeerThatTalksSomethingElse() throws Exception {
        InetSocketAddress address =
                listen(peer -> peer.getOutputStream().write("220 smtp ready\r\n".getBytes("US-ASCII")));
        assertCode("HANDSHAKE_FAILED", () -> connect(address, ANYONE, ChannelLimits.STANDARD));
    }

    @Test
    void doesNotTakeAMessageThatIsTooLong() throws Exception {
        InetSocketAddress address = serve(peer -> {
            peer.getOutputStream().write(new byte[] {0, 1, 0, 1});
            peer.getInputStream().read();
        });
        try (SecureChannel channel = connect(address, ANYONE, ChannelLimits.STANDARD)) {
            assertCode("MESSAGE_TOO_LARGE", () -> channel.receive(Duration.ofSeconds(10)));
            assertCode("CHANNEL_CLOSED", () -> channel.receive(Duration.ofSeconds(10)));
        }
    }

    @Test
    void anUnfinishedMessageIsNotWaitedForForever() throws Exception {
        InetSocketAddress address = serve(peer -> {
            peer.getOutputStream().write(new byte[] {0, 0, 0, 9, 1});
            peer.getInputStream().read();
        });
        try (SecureChannel channel = connect(address, ANYONE, ChannelLimits.STANDARD)) {
            assertCode("CHANNEL_TIMEOUT", () -> channel.receive(Duration.ofMillis(300)));
        }
    }

    @Test
    void noticesThatThePeerClosed() throws Exception {
        InetSocketAddress address = serve(peer -> {});
        try (SecureChannel channel = connect(address, ANYONE, ChannelLimits.STANDARD)) {
            assertCode("CHANNEL_CLOSED", () -> channel.receive(Duration.ofSeconds(10)));
            assertThat(channel.hasInput()).isTrue();
        }
    }

    @Test
    void refusesToSendWhatThePeerWouldNotTake() throws Exception {
        InetSocketAddress address = serve(peer -> peer.getInputStream().read());
        try (SecureChannel channel = connect(address, ANYONE, ChannelLimits.STANDARD)) {
            assertThatThrownBy(() -> channel.send(new byte[65_537])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static SecureChannel connect(InetSocketAddress address, PeerCheck check, ChannelLimits limits) {
        return SecureChannel.connect(address, client, "kryla/1", check, limits);
    }

    private InetSocketAddress serve(Conversation conversation) throws IOException {
        SSLServerSocket listener = (SSLServerSocket) TlsContexts.newContext(server)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSSLParameters(TlsContexts.serverParameters("kryla/1"));
        threads.submit(() -> {
            try (listener;
                    SSLSocket peer = (SSLSocket) listener.accept()) {
                peer.startHandshake();
                conversation.with(peer);
            }
            return null;
        });
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private InetSocketAddress listen(Rudeness rudeness) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        threads.submit(() -> {
            try (listener;
                    Socket peer = listener.accept()) {
                rudeness.with(peer);
            }
            return null;
        });
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private static void drip(Socket peer) {
        try {
            peer.getOutputStream().write(0);
        } catch (IOException e) {
            throw new IllegalStateException("the client is gone", e);
        }
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
