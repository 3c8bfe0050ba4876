package io.kryla.ground.link;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens with TLS 1.3 and certificates on both sides. No byte of an application protocol is handled before that
 * protocol's {@link PeerCheck} has accepted the peer's chain, after every handshake, resumed ones too; a peer that
 * negotiates no protocol is closed. Strangers cost no more than {@link ListenerCaps} says. Each message on the wire is
 * preceded by its length as 4 bytes, big-endian, at most 65,536 (protocol.md §4.1).
 */
public final class SecureListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecureListener.class);
    private static final int LENGTH_BYTES = 4;
    private static final long CLOSE_SECONDS = 5;
    private static final WriteBufferWaterMark WAITING_TO_SEND = new WriteBufferWaterMark(512 * 1_024, 1_024 * 1_024);

    private final TlsIdentity identity;
    private final Map<String, Route> routes;
    private final String[] alpns;
    private final ListenerCaps caps;
    private final Strangers strangers;
    private final ListenerCounters counters = new ListenerCounters();
    private final EventLoops loops;
    private final @Nullable ExecutorService ownWorkers;
    private final Executor workers;
    private final Set<PeerConversation> conversations = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private final Channel server;

    private SecureListener(Builder settings, InetSocketAddress address, TlsIdentity identity) {
        this.identity = identity;
        this.routes = Map.copyOf(settings.routes);
        this.alpns = settings.routes.keySet().toArray(new String[0]);
        this.caps = settings.caps;
        this.strangers = new Strangers(caps);
        this.loops = settings.eventLoops == null
                ? EventLoops.start("kryla-listener", 2)
                : EventLoops.ofCaller(settings.eventLoops);
        Executor given = settings.executor;
        if (given == null) {
            ExecutorService own = Executors.newCachedThreadPool(new DefaultThreadFactory("kryla-conversation", true));
            this.ownWorkers = own;
            this.workers = own;
        } else {
            this.ownWorkers = null;
            this.workers = given;
        }
        try {
            this.server = EventLoops.bound(
                    new ServerBootstrap()
                            .group(loops.group())
                            .channel(loops.serverChannel())
                            .option(ChannelOption.SO_REUSEADDR, true)
                            .childOption(ChannelOption.TCP_NODELAY, true)
                            .childOption(ChannelOption.SO_KEEPALIVE, true)
                            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_TO_SEND)
                            .childHandler(new ChannelInitializer<Channel>() {
                                @Override
                                protected void initChannel(Channel channel) {
                                    addHandlers(channel);
                                }
                            })
                            .bind(address),
                    address);
        } catch (RuntimeException e) {
            stopThreads();
            throw e;
        }
    }

    /** To start one. */
    public static Builder builder() {
        return new Builder();
    }

    private void addHandlers(Channel channel) {
        HandshakeGuard guard = new HandshakeGuard(caps, strangers, counters);
        PeerConversation conversation = new PeerConversation(channel, workers, counters);
        channel.pipeline().addLast(guard);
        if (!channel.isOpen()) {
            return;
        }
        conversations.add(conversation);
        conversation.over().thenRun(() -> conversations.remove(conversation));
        ProtocolChoice choice = new ProtocolChoice(alpns);
        SslHandler tls = new SslHandler(choice.madeBy(TlsContexts.serverEngine(identity, alpns)));
        tls.setHandshakeTimeoutMillis(0); // the guard's clock runs, from the connection's start
        channel.pipeline()
                .addLast(
                        tls,
                        new PeerGate(routes, choice, guard, conversation, counters),
                        new LengthFieldBasedFrameDecoder(
                                LENGTH_BYTES + PeerConversation.MAX_MESSAGE_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
                        new LengthFieldPrepender(LENGTH_BYTES),
                        conversation);
        if (closing) {
            channel.close();
        }
    }

    public InetSocketAddress boundAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    /** How many connections were ended for that reason. */
    public long rejected(ListenerRejection reason) {
        return counters.rejected(reason);
    }

    /** How many connections are open. */
    public int connections() {
        return strangers.connections();
    }

    /** How many of them are in their handshake or wait for their judgement. */
    public int unjudged() {
        return strangers.unjudged();
    }

    /**
     * Closes every connection, and waits up to five seconds until their handlers have heard {@code onClosed}. Threads of the
     * caller go on. Not to be called by an event loop.
     */
    @Override
    public void close() {
        closing = true;
        EventLoops.close(server);
        List<PeerConversation> open = List.copyOf(conversations);
        open.forEach(PeerConversation::closeAtOnce);
        CompletableFuture<Void> over = CompletableFuture.allOf(
                open.stream().map(PeerConversation::over).toArray(CompletableFuture[]::new));
        try {
            over.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("a handler did not return; its thread is left behind");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopThreads();
    }

    private void stopThreads() {
        loops.close();
        if (ownWorkers != null) {
            ownWorkers.shutdown();
        }
    }

    /** Collects what a listener needs; {@link #listen()} names what is missing. */
    public static final class Builder {
        private @Nullable InetSocketAddress address;
        private @Nullable TlsIdentity identity;
        private ListenerCaps caps = ListenerCaps.STANDARD;
        private @Nullable ScheduledExecutorService eventLoops;
        private @Nullable Executor executor;
        /** In order of preference. */
        private final Map<String, Route> routes = new LinkedHashMap<>();

        private Builder() {}

        /** Port 0 takes a free one: see {@link SecureListener#boundAddress}. */
        public Builder bind(InetSocketAddress address) {
            this.address = address;
            return this;
        }

        /** The certificate chain that peers are shown, and its key. */
        public Builder identity(TlsIdentity identity) {
            this.identity = identity;
            return this;
        }

        /** What peers may take before they are known: connections, bytes, time. */
        public Builder caps(ListenerCaps caps) {
            this.caps = caps;
            return this;
        }

        /**
         * The network's threads; two own ones unless said otherwise.
         *
         * @param eventLoops a Netty 4.2 event-loop group for NIO or epoll, which the caller ends after this listener
         */
        public Builder eventLoops(ScheduledExecutorService eventLoops) {
            this.eventLoops = eventLoops;
            return this;
        }

        /**
         * Calls checks and handlers; own threads, one for each conversation that has something to do, unless said otherwise.
         *
         * @param executor the caller's, which ends it after this listener; never runs a task in the thread that hands it over
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Serves an application protocol. Of those that a peer offers, the one whose route was added first is taken.
         *
         * @param check called on a worker thread, after every handshake, before any application byte
         * @param handlers called on the same thread once the check has accepted
         */
        public Builder route(String alpn, PeerCheck check, SecurePeerHandlerFactory handlers) {
            if (alpn.isEmpty() || routes.put(alpn, new Route(check, handlers)) != null) {
                throw new IllegalArgumentException("alpn: a protocol without a route expected, got \"" + alpn + "\"");
            }
            return this;
        }

        /** @throws io.kryla.keys.KrylaException BIND_FAILED */
        public SecureListener listen() {
            InetSocketAddress where = address;
            TlsIdentity who = identity;
            if (where == null || who == null || routes.isEmpty()) {
                throw new IllegalArgumentException("address, identity and at least one route are needed; missing: "
                        + (where == null ? "address " : "") + (who == null ? "identity " : "")
                        + (routes.isEmpty() ? "route" : ""));
            }
            return new SecureListener(this, where, who);
        }
    }
}
