package io.kryla.ground.link;

import io.kryla.keys.KrylaException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Netty's threads: own ones, which end with who started them, or the caller's, which nothing here ends. */
final class EventLoops implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final IoEventLoopGroup group;
    private final boolean epoll;
    private final boolean own;

    private EventLoops(IoEventLoopGroup group, boolean epoll, boolean own) {
        this.group = group;
        this.epoll = epoll;
        this.own = own;
    }

    static EventLoops start(String name, int threads) {
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory()),
                false,
                true);
    }

    /** One thread for datagrams: epoll, which takes many with one system call, where there is epoll; NIO elsewhere. */
    static EventLoops startDatagrams(String name) {
        boolean epoll = Epoll.isAvailable();
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory(name, true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()),
                epoll,
                true);
    }

    /** @throws IllegalArgumentException unless it is a Netty 4.2 event-loop group for NIO or epoll */
    static EventLoops ofCaller(ScheduledExecutorService loops) {
        if (loops instanceof IoEventLoopGroup group) {
            if (group.isIoType(EpollIoHandler.class)) {
                return new EventLoops(group, true, false);
            }
            if (group.isIoType(NioIoHandler.class)) {
                return new EventLoops(group, false, false);
            }
        }
        throw new IllegalArgumentException(
                "eventLoops: an event-loop group of Netty 4.2 for NIO or epoll expected, got "
                        + loops.getClass().getName());
    }

    IoEventLoopGroup group() {
        return group;
    }

    boolean epoll() {
        return epoll;
    }

    Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** @throws KrylaException BIND_FAILED */
    static Channel bound(ChannelFuture binding, InetSocketAddress address) {
        if (binding.awaitUninterruptibly().isSuccess()) {
            return binding.channel();
        }
        throw new KrylaException(
                "BIND_FAILED",
                "cannot listen at " + address.getHostString() + ":" + address.getPort() + ": "
                        + binding.cause().getMessage() + "; free the port or choose another",
                true,
                binding.cause());
    }

    /** Waits at most five seconds. */
    static void close(Channel channel) {
        channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends own threads; waits at most five seconds. */
    @Override
    public void close() {
        if (own) {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
