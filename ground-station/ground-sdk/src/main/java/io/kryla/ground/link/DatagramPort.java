package io.kryla.ground.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;

/**
 * A bound UDP port that all sessions of a ground share. Datagrams are what the network delivered: unauthenticated, lost,
 * doubled, out of order. {@link #send} may be called by any thread and never waits.
 */
public final class DatagramPort implements AutoCloseable {
    /** Longer ones are cut off, and will not authenticate. */
    private static final int RECEIVE_BYTES = 2_048;

    private static final int SOCKET_BUFFER_BYTES = 4 * 1_024 * 1_024;

    private final MultiThreadIoEventLoopGroup loop = EventLoops.start("kryla-udp", 1);
    private final Channel channel;

    private DatagramPort(InetSocketAddress address, DatagramReceiver receiver) {
        try {
            channel = EventLoops.bound(
                    new Bootstrap()
                            .group(loop)
                            .channel(NioDatagramChannel.class)
                            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                            .handler(new Inbound(receiver))
                            .bind(address),
                    address);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * @param address port 0 takes a free one
     * @throws io.kryla.keys.KrylaException BIND_FAILED
     */
    public static DatagramPort bind(InetSocketAddress address, DatagramReceiver receiver) {
        return new DatagramPort(address, receiver);
    }

    public InetSocketAddress boundAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    public void send(byte[] datagram, InetSocketAddress to) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(datagram), to), channel.voidPromise());
    }

    @Override
    public void close() {
        EventLoops.stop(loop);
    }

    private static final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
        private final DatagramReceiver receiver;

        Inbound(DatagramReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            receiver.onDatagram(bytes, packet.sender());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP error of an earlier send, such as port unreachable: the next datagram may arrive all the same.
        }
    }
}
