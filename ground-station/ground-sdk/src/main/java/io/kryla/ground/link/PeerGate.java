package io.kryla.ground.link;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between TLS and every application byte: after each handshake, resumed ones too, the route of the negotiated protocol
 * judges the peer's chain on a worker thread; only then the conversation is read.
 */
final class PeerGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PeerGate.class);

    private final Map<String, Route> routes;
    private final ProtocolChoice choice;
    private final HandshakeGuard guard;
    private final PeerConversation conversation;
    private final ListenerCounters counters;

    PeerGate(
            Map<String, Route> routes,
            ProtocolChoice choice,
            HandshakeGuard guard,
            PeerConversation conversation,
            ListenerCounters counters) {
        this.routes = routes;
        this.choice = choice;
        this.guard = guard;
        this.conversation = conversation;
        this.counters = counters;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                guard.shookHands();
                // From here on the conversation asks for each message; see FlowControlHandler.
                context.channel().config().setAutoRead(false);
                judge(context);
            } else if (context.channel().isOpen()) {
                failed(context);
            }
        }
        super.userEventTriggered(context, event);
    }

    private void failed(ChannelHandlerContext context) {
        if (choice.unserved().isEmpty()) {
            reject(context, ListenerRejection.HANDSHAKE_FAILED);
            return;
        }
        LOG.info(
                "peer at {} speaks {}, here are {}; update the older of the two",
                context.channel().remoteAddress(),
                choice.unserved(),
                choice.served());
        reject(context, ListenerRejection.NO_ALPN);
    }

    private void judge(ChannelHandlerContext context) {
        SSLEngine engine = context.pipeline().get(SslHandler.class).engine();
        String alpn = engine.getApplicationProtocol();
        Route route = alpn == null || alpn.isEmpty() ? null : routes.get(alpn);
        if (route == null) {
            reject(context, ListenerRejection.NO_ALPN);
            return;
        }
        conversation.begin(
                engine,
                alpn,
                route,
                accepted -> context.executor().execute(() -> {
                    if (accepted) {
                        guard.judged();
                    } else {
                        reject(context, ListenerRejection.PEER_REFUSED);
                    }
                }));
    }

    private void reject(ChannelHandlerContext context, ListenerRejection reason) {
        counters.reject(reason);
        context.close();
    }
}
