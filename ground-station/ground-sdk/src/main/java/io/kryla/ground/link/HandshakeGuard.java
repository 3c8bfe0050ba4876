package io.kryla.ground.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** First in the pipeline until the peer is judged: counts places, handshake bytes and time. */
final class HandshakeGuard extends ChannelInboundHandlerAdapter {
    /** No ClientHello with a key share is shorter. */
    private static final int SHORTEST_HELLO_BYTES = 128;

    /** How far a stranger got. */
    enum Progress {
        NONE,
        GREETED,
        SHOOK_HANDS
    }

    private final ListenerCaps caps;
    private final Strangers strangers;
    private final ListenerCounters counters;
    private volatile @Nullable ChannelHandlerContext context;
    private volatile Progress progress = Progress.NONE;
    private long bytes;
    private boolean stranger = true;
    private boolean accepted;

    HandshakeGuard(ListenerCaps caps, Strangers strangers, ListenerCounters counters) {
        this.caps = caps;
        this.strangers = strangers;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        InetSocketAddress from = (InetSocketAddress) added.channel().remoteAddress();
        if (from == null) {
            added.close(); // gone before it was looked at
            return;
        }
        if (strangers.enter(this, from.getAddress()) == Strangers.Entry.REFUSED) {
            reject(added, ListenerRejection.CONNECTIONS);
            return;
        }
        added.channel().closeFuture().addListener(closed -> {
            stranger = false;
            strangers.leave(this, accepted);
        });
        added.executor()
                .schedule(
                        () -> {
                            if (stranger && added.channel().isOpen()) {
                                reject(added, ListenerRejection.HANDSHAKE_TIME);
                            }
                        },
                        caps.handshakeTime().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (stranger && message instanceof ByteBuf received) {
            bytes += received.readableBytes();
            if (bytes > caps.handshakeBytes()) {
                received.release();
                reject(reading, ListenerRejection.HANDSHAKE_BYTES);
                return;
            }
            if (progress == Progress.NONE && bytes >= SHORTEST_HELLO_BYTES) {
                progress = Progress.GREETED;
            }
        }
        reading.fireChannelRead(message);
    }

    /** The handshake is done, the judgement comes. */
    void shookHands() {
        progress = Progress.SHOOK_HANDS;
    }

    /** Any thread. */
    Progress progress() {
        return progress;
    }

    /** The peer was accepted. On the channel's event loop. */
    void judged() {
        if (stranger) {
            stranger = false;
            accepted = strangers.accept(this);
        }
    }

    /** Another connection takes the place of this one. Any thread. */
    void evict() {
        ChannelHandlerContext evicted = context;
        if (evicted != null) {
            reject(evicted, ListenerRejection.CONNECTIONS);
        }
    }

    private void reject(ChannelHandlerContext rejected, ListenerRejection reason) {
        counters.reject(reason);
        rejected.close();
    }
}
