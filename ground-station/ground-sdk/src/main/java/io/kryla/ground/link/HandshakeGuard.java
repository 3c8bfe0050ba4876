package io.kryla.ground.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/** First in the pipeline until the peer is judged: counts connections, handshake bytes and time. */
final class HandshakeGuard extends ChannelInboundHandlerAdapter {
    private final ListenerCaps caps;
    private final ListenerCounters counters;
    private long bytes;
    private boolean stranger = true;

    HandshakeGuard(ListenerCaps caps, ListenerCounters counters) {
        this.caps = caps;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        boolean room = counters.entered();
        context.channel().closeFuture().addListener(closed -> {
            judged();
            counters.left();
        });
        if (!room) {
            reject(context, ListenerRejection.CONNECTIONS);
            return;
        }
        context.executor()
                .schedule(
                        () -> {
                            if (stranger && context.channel().isOpen()) {
                                reject(context, ListenerRejection.HANDSHAKE_TIME);
                            }
                        },
                        caps.handshakeTime().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (stranger && message instanceof ByteBuf received) {
            bytes += received.readableBytes();
            if (bytes > caps.handshakeBytes()) {
                received.release();
                reject(context, ListenerRejection.HANDSHAKE_BYTES);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    /** The peer was accepted, or is gone. On the channel's event loop. */
    void judged() {
        if (stranger) {
            stranger = false;
            counters.noStranger();
        }
    }

    private void reject(ChannelHandlerContext context, ListenerRejection reason) {
        counters.reject(reason);
        context.close();
    }
}
