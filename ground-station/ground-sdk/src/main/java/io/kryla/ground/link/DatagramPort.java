package io.kryla.ground.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A bound UDP port that all sessions of a ground share. Datagrams are what the network delivered: unauthenticated, lost,
 * doubled, out of order. {@link #send} may be called by any thread and never waits; what the receiver sends as it takes datagrams
 * goes out when it pauses.
 *
 * <p>On Linux up to {@value #DATAGRAMS_A_CALL} datagrams are taken with one system call (recvmmsg); elsewhere each with its
 * own. Never with UDP_GRO, which would hand over several as one.
 */
public final class DatagramPort implements DatagramEnd, AutoCloseable {
    /** Longer ones are cut off there, which is longer than any that counts, so that they are seen to be too long. */
    private static final int RECEIVE_BYTES = 1_280;

    private static final int DATAGRAMS_A_CALL = 64;
    private static final int SOCKET_BUFFER_BYTES = 4 * 1_024 * 1_024;

    private final EventLoops loops;
    private final Channel channel;
    /** Event loop's thread only: whether what is sent goes out together, once all that arrived has been read. */
    private boolean reading;

    private DatagramPort(InetSocketAddress address, DatagramReceiver receiver, EventLoops loops) {
        this.loops = loops;
        try {
            channel = EventLoops.bound(
                    bootstrap(loops.epoll())
                            .group(loops.group())
                            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                            .handler(new Inbound(receiver))
                            .bind(address),
                    address);
        } catch (RuntimeException e) {
            loops.close();
            throw e;
        }
    }

    private static Bootstrap bootstrap(boolean epoll) {
        if (!epoll) {
            return new Bootstrap()
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES));
        }
        return new Bootstrap()
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, RECEIVE_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(DATAGRAMS_A_CALL * RECEIVE_BYTES));
    }

    /**
     * @param address port 0 takes a free one
     * @throws io.kryla.keys.KrylaException BIND_FAILED
     */
    public static DatagramPort bind(InetSocketAddress address, DatagramReceiver receiver) {
        return new DatagramPort(address, receiver, EventLoops.startDatagrams("kryla-udp"));
    }

    /**
     * As {@link #bind(InetSocketAddress, DatagramReceiver)}, on one thread of the caller's event loops.
     *
     * @param eventLoops a Netty 4.2 event-loop group for NIO or epoll, which the caller ends after this port
     */
    public static DatagramPort bind(
            InetSocketAddress address, DatagramReceiver receiver, ScheduledExecutorService eventLoops) {
        return new DatagramPort(address, receiver, EventLoops.ofCaller(eventLoops));
    }

    public InetSocketAddress boundAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
        DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(datagram), to);
        if (channel.eventLoop().inEventLoop() && reading) {
            channel.write(packet, channel.voidPromise());
        } else {
            channel.writeAndFlush(packet, channel.voidPromise());
        }
    }

    /** Waits at most ten seconds; not to be called by an event loop. */
    @Override
    public void close() {
        EventLoops.close(channel);
        loops.close();
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        private final DatagramReceiver receiver;
        /** Ciphers take arrays: a datagram is copied into this one and opened from it. */
        private final byte[] buffer = new byte[RECEIVE_BYTES];

        Inbound(DatagramReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            reading = true;
            try {
                ByteBuf content = packet.content();
                int length = content.readableBytes();
                content.getBytes(content.readerIndex(), buffer, 0, length);
                receiver.onDatagram(buffer, length, packet.sender());
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            receiver.onPause();
            reading = false;
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP error of an earlier send, such as port unreachable: the next datagram may arrive all the same.
        }
    }
}
