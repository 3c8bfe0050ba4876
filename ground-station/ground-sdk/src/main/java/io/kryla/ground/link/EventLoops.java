package io.kryla.ground.link;

import io.kryla.keys.KrylaException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Netty's threads and their end. */
final class EventLoops {
    static MultiThreadIoEventLoopGroup start(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    /** One thread for datagrams: epoll, which takes many with one system call, where there is epoll; NIO elsewhere. */
    static MultiThreadIoEventLoopGroup startDatagrams(String name) {
        return new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory(name, true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
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

    static void stop(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private EventLoops() {}
}
