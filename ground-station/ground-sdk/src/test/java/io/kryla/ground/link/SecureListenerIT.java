package io.kryla.ground.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.line.TestLine;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.KrylaException;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecureListenerIT {
    private static final String ALPN = "test/1";
    private static final PeerCheck ANYONE = (chain, alpn) -> new PeerDecision.Accepted();
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TlsIdentity server;
    private static TlsIdentity client;

    private final Recording conversation = new Recording();

    @BeforeAll
    static void makeIdentities() throws Exception {
        TestLine line = new TestLine();
        server = line.ground();
        client = line.station();
    }

    @Test
    void messagesArriveInOrderAndTheEndIsHeard() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE)) {
            try (SSLSocket socket = connect(listener, ALPN)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream());
                for (int i = 0; i < 50; i++) {
                    send(out, "message " + i);
                }
                for (int i = 0; i < 50; i++) {
                    assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                            .isEqualTo("re: message " + i);
                }
                send(out, "last words");
            }
            await().atMost(SOON).until(() -> conversation.calls.contains("closed"));
            assertThat(conversation.calls)
                    .startsWith("accepted test/1", "message 0")
                    .endsWith("last words", "closed");
        }
    }

    @Test
    void aRefusedPeerIsNeverHeard() throws Exception {
        PeerCheck nobody = (chain, alpn) -> new PeerDecision.Refused("REVOKED", "for the test");
        try (SecureListener listener = listen(ListenerCaps.STANDARD, nobody);
                SSLSocket socket = connect(listener, ALPN)) {
            assertThatThrownBy(() -> {
                        send(new DataOutputStream(socket.getOutputStream()), "too early");
                        readOneByte(socket);
                    })
                    .isInstanceOf(IOException.class);
            awaitRejected(listener, ListenerRejection.PEER_REFUSED);
            assertThat(conversation.calls).isEmpty();
        }
    }

    @Test
    void aPeerCheckThatThrowsRefuses() throws Exception {
        PeerCheck broken = (chain, alpn) -> {
            throw new IllegalStateException("for the test");
        };
        try (SecureListener listener = listen(ListenerCaps.STANDARD, broken);
                SSLSocket socket = connect(listener, ALPN)) {
            awaitRejected(listener, ListenerRejection.PEER_REFUSED);
            assertThat(conversation.calls).isEmpty();
        }
    }

    @Test
    void withoutAnApplicationProtocolNobodyIsHeard() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                SSLSocket socket = connect(listener)) {
            awaitRejected(listener, ListenerRejection.NO_ALPN);
        }
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE)) {
            assertThatThrownBy(() -> connect(listener, "other/1")).isInstanceOf(IOException.class);
            awaitRejected(listener, ListenerRejection.NO_ALPN);
        }
        assertThat(conversation.calls).isEmpty();
    }

    @Test
    void aPeerThatSpeaksALaterVersionTooIsSpokenToInOurs() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                SSLSocket socket = connect(listener, "test/2", ALPN)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo(ALPN);
            send(new DataOutputStream(socket.getOutputStream()), "hello");
            await().atMost(SOON).until(() -> conversation.calls.contains("hello"));
        }
    }

    @Test
    void aPeerThatSpeaksOnlyALaterVersionIsToldSo() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE)) {
            assertThatThrownBy(() -> SecureChannel.connect(
                            listener.boundAddress(), client, "test/2", ANYONE, ChannelLimits.STANDARD))
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("NO_ALPN"))
                    .hasMessageContaining("speaks another version");
            awaitRejected(listener, ListenerRejection.NO_ALPN);
        }
    }

    @Test
    void theFirstRouteIsPreferredWhateverThePeersOrder() throws Exception {
        SecureListener.Builder builder = SecureListener.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .identity(server);
        // More than a few, so that an order of hashes would show.
        List<String> versions = List.of("test/9", "test/1", "test/5", "test/7", "test/2", "test/8");
        versions.forEach(version -> builder.route(version, ANYONE, conversation));
        try (SecureListener listener = builder.listen()) {
            for (int first = 0; first < versions.size(); first++) {
                List<String> offered = new ArrayList<>(versions.subList(first, versions.size()));
                Collections.reverse(offered);
                try (SSLSocket socket = connect(listener, offered.toArray(new String[0]))) {
                    assertThat(socket.getApplicationProtocol()).isEqualTo(versions.get(first));
                }
            }
        }
    }

    @Test
    void theCallersThreadsServeAndGoOn() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool(new DefaultThreadFactory("callers-worker", true));
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("callers-loop", true), NioIoHandler.newFactory());
        try {
            try (SecureListener listener = SecureListener.builder()
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .identity(server)
                            .executor(executor)
                            .eventLoops(loops)
                            .route(ALPN, ANYONE, conversation)
                            .listen();
                    SSLSocket socket = connect(listener, ALPN)) {
                send(new DataOutputStream(socket.getOutputStream()), "hello");
                await().atMost(SOON).until(() -> conversation.calls.contains("hello"));
                listener.close();
                assertThat(conversation.calls).endsWith("closed");
                DataInputStream in = new DataInputStream(socket.getInputStream());
                assertThat(in.readNBytes(in.readInt())).asString().isEqualTo("re: hello");
                assertThat(in.read()).isNegative();
            }
            assertThat(loops.isShuttingDown()).isFalse();
            assertThat(executor.isShutdown()).isFalse();
        } finally {
            executor.shutdown();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void threadsThatCannotServeAreRefused() {
        ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
        try {
            assertThatThrownBy(() -> SecureListener.builder()
                            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .identity(server)
                            .eventLoops(none)
                            .route(ALPN, ANYONE, conversation)
                            .listen())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("eventLoops: ");
        } finally {
            none.shutdown();
        }
    }

    @Test
    void withoutACertificateNobodyIsHeard() throws Exception {
        SSLContext anonymous = SSLContext.getInstance("TLSv1.3");
        anonymous.init(null, new TrustManager[] {new TrustingManager()}, null);
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                SSLSocket socket = open(anonymous, listener)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {ALPN});
            socket.setSSLParameters(parameters);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        readOneByte(socket);
                    })
                    .isInstanceOf(IOException.class);
            awaitRejected(listener, ListenerRejection.HANDSHAKE_FAILED);
            assertThat(conversation.calls).isEmpty();
        }
    }

    @Test
    void wrongFramingEndsTheConversation() throws Exception {
        for (int length : new int[] {0, 65_537, -1}) {
            try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                    SSLSocket socket = connect(listener, ALPN)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(length);
                out.flush();
                awaitRejected(listener, ListenerRejection.MALFORMED);
            }
        }
    }

    @Test
    void aHandlerThatThrowsEndsItsConversation() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                SSLSocket socket = connect(listener, ALPN)) {
            send(new DataOutputStream(socket.getOutputStream()), "throw");
            awaitRejected(listener, ListenerRejection.HANDLER_FAILED);
            await().atMost(SOON).until(() -> conversation.calls.contains("closed"));
        }
    }

    @Test
    void aPeerThatReadsNothingIsNotWaitedFor() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE);
                SSLSocket socket = connect(listener, ALPN)) {
            send(new DataOutputStream(socket.getOutputStream()), "tell me all");
            awaitRejected(listener, ListenerRejection.SLOW_PEER);
            await().atMost(SOON).until(() -> conversation.calls.contains("closed"));
        }
    }

    @Test
    void strangersHaveLittleTime() throws Exception {
        ListenerCaps caps = new ListenerCaps(8, 8, 32_768, Duration.ofMillis(200));
        try (SecureListener listener = listen(caps, ANYONE);
                Socket silent = openPlain(listener)) {
            awaitRejected(listener, ListenerRejection.HANDSHAKE_TIME);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSilentStrangerMakesRoom() throws Exception {
        ListenerCaps caps = new ListenerCaps(8, 2, 32_768, Duration.ofSeconds(30));
        try (SecureListener listener = listen(caps, ANYONE);
                Socket first = openPlain(listener);
                Socket second = openPlain(listener);
                SSLSocket peer = connect(listener, ALPN)) {
            await().atMost(SOON).until(() -> conversation.calls.contains("accepted " + ALPN));
            awaitRejected(listener, ListenerRejection.CONNECTIONS);
            assertThat(peer.getSession().isValid()).isTrue();
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @Test
    void noMoreThanSoManyPeersAreServed() throws Exception {
        ListenerCaps caps = new ListenerCaps(2, 2, 32_768, Duration.ofSeconds(30));
        try (SecureListener listener = listen(caps, ANYONE);
                SSLSocket first = connect(listener, ALPN);
                SSLSocket second = connect(listener, ALPN)) {
            await().atMost(SOON).until(() -> conversation.calls.size() == 2);
            await().atMost(SOON).untilAsserted(() -> {
                try (Socket third = openPlain(listener)) {
                    assertThat(third.getInputStream().read()).isEqualTo(-1);
                    assertThat(listener.rejected(ListenerRejection.CONNECTIONS)).isPositive();
                }
            });
            first.close();
            await().atMost(SOON).ignoreExceptions().until(() -> {
                try (SSLSocket peer = connect(listener, ALPN)) {
                    return peer.getSession().isValid();
                }
            });
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void strangersMaySendLittle() throws Exception {
        ListenerCaps caps = new ListenerCaps(8, 8, 1_000, Duration.ofSeconds(30));
        try (SecureListener listener = listen(caps, ANYONE);
                Socket socket = openPlain(listener)) {
            byte[] record = new byte[1_200];
            System.arraycopy(new byte[] {0x16, 3, 1, 0x20, 0}, 0, record, 0, 5);
            socket.getOutputStream().write(record);
            awaitRejected(listener, ListenerRejection.HANDSHAKE_BYTES);
        }
    }

    @Test
    void aPortInUseIsSaidSo() throws Exception {
        try (SecureListener listener = listen(ListenerCaps.STANDARD, ANYONE)) {
            SecureListener.Builder second = SecureListener.builder()
                    .bind(listener.boundAddress())
                    .identity(server)
                    .route(ALPN, ANYONE, conversation);
            assertThatThrownBy(second::listen)
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("BIND_FAILED"));
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> SecureListener.builder().identity(server).listen())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("address")
                .hasMessageContaining("route");
    }

    private SecureListener listen(ListenerCaps caps, PeerCheck check) {
        return SecureListener.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .identity(server)
                .caps(caps)
                .route(ALPN, check, conversation)
                .listen();
    }

    private static SSLSocket connect(SecureListener listener, String... alpn) throws IOException {
        SSLSocket socket = open(TlsContexts.newContext(client), listener);
        SSLParameters parameters = TlsContexts.clientParameters(ALPN);
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLSocket open(SSLContext context, SecureListener listener) throws IOException {
        InetSocketAddress address = listener.boundAddress();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    private static Socket openPlain(SecureListener listener) throws IOException {
        Socket socket = new Socket(
                listener.boundAddress().getAddress(), listener.boundAddress().getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    private static void send(DataOutputStream out, String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private static void readOneByte(SSLSocket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            throw new IOException("closed");
        }
    }

    private static void awaitRejected(SecureListener listener, ListenerRejection reason) {
        await().atMost(SOON).until(() -> listener.rejected(reason) >= 1);
    }

    /** Answers each message, and remembers what it was called with. */
    private static final class Recording implements SecurePeerHandlerFactory, SecurePeerHandler {
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public SecurePeerHandler accept(SecurePeer peer) {
            calls.add("accepted " + peer.alpn());
            return this;
        }

        @Override
        public void onMessage(SecurePeer peer, byte[] message) {
            String text = new String(message, StandardCharsets.UTF_8);
            if (text.equals("throw")) {
                throw new IllegalStateException("for the test");
            }
            calls.add(text);
            for (int i = 0; i < 1_000 && text.equals("tell me all"); i++) {
                peer.send(new byte[PeerConversation.MAX_MESSAGE_BYTES]);
            }
            peer.send(("re: " + text).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onClosed(SecurePeer peer) {
            calls.add("closed");
        }
    }

    private static final class TrustingManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
