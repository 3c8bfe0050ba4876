package io.kryla.ground.link;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last in the pipeline: hands each message to the conversation's handler on a worker thread and reads on only when all
 * that came were handled, so that a fast peer waits in its own socket.
 */
final class PeerConversation extends ChannelInboundHandlerAdapter implements SecurePeer {
    /** Longest message. */
    static final int MAX_MESSAGE_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(PeerConversation.class);

    private final Channel channel;
    private final ListenerCounters counters;
    private final SerialTasks tasks;
    private final AtomicInteger unhandled = new AtomicInteger();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile @Nullable CertificateChain chain;
    private volatile String alpn = "";
    private volatile @Nullable SecurePeerHandler handler;

    PeerConversation(Channel channel, Executor workers, ListenerCounters counters) {
        this.channel = channel;
        this.counters = counters;
        this.tasks = new SerialTasks(workers);
    }

    /** Judges the peer on a worker thread, tells the verdict, and begins to read when it was accepted. */
    void begin(SSLEngine engine, String negotiated, Route route, Consumer<Boolean> verdict) {
        alpn = negotiated;
        tasks.add(() -> {
            boolean accepted = accepts(engine, route);
            verdict.accept(accepted);
            if (accepted) {
                guarded(() -> handler = route.handlers().accept(this));
                readOn();
            }
        });
    }

    private boolean accepts(SSLEngine engine, Route route) {
        try {
            PeerDecision decision = TlsContexts.checkPeer(engine, (untrusted, protocol) -> {
                chain = untrusted;
                return route.check().check(untrusted, protocol);
            });
            if (decision instanceof PeerDecision.Refused refused) {
                LOG.info("peer at {} refused: {}: {}", channel.remoteAddress(), refused.code(), refused.reason());
            }
            return decision instanceof PeerDecision.Accepted;
        } catch (RuntimeException e) {
            LOG.warn("the peer check of {} failed, the peer is refused", alpn, e);
            return false;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf frame = (ByteBuf) message;
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        frame.release();
        if (bytes.length == 0) {
            end(ListenerRejection.MALFORMED);
            return;
        }
        unhandled.incrementAndGet();
        tasks.add(() -> {
            SecurePeerHandler current = handler;
            if (current != null) {
                guarded(() -> current.onMessage(this, bytes));
            }
            if (unhandled.decrementAndGet() == 0) {
                readOn();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean told = tasks.add(() -> {
            SecurePeerHandler current = handler;
            handler = null;
            if (current != null) {
                guarded(() -> current.onClosed(this));
            }
            over.complete(null);
        });
        if (!told) {
            over.complete(null);
        }
    }

    /** Completes when the connection is closed and the handler has heard it. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Without waiting for what was sent to go out. */
    void closeAtOnce() {
        channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            end(ListenerRejection.MALFORMED);
        } else {
            // TLS failures were counted by the gate; resets are not rejections.
            LOG.debug("connection to {} ended: {}", channel.remoteAddress(), cause.toString());
            context.close();
        }
    }

    /** A closed channel's event loop may have ended already. */
    private void readOn() {
        if (channel.isOpen()) {
            channel.read();
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("the handler of {} failed, its connection is closed", alpn, e);
            end(ListenerRejection.HANDLER_FAILED);
        }
    }

    private void end(ListenerRejection reason) {
        counters.reject(reason);
        channel.close();
    }

    @Override
    public CertificateChain chain() {
        CertificateChain known = chain;
        if (known == null) {
            throw new IllegalStateException("the peer was not judged yet");
        }
        return known;
    }

    @Override
    public String alpn() {
        return alpn;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public void send(byte[] message) {
        if (message.length < 1 || message.length > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message: 1 to " + MAX_MESSAGE_BYTES + " bytes expected, got " + message.length);
        }
        if (channel.isActive() && !channel.isWritable()) {
            end(ListenerRejection.SLOW_PEER);
            return;
        }
        channel.writeAndFlush(Unpooled.copiedBuffer(message));
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
