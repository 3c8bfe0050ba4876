package io.kryla.ground.link;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the same small datagram to one address, be it of a host, a multicast group or everyone on the network. A network that is
 * down is no failure: the next one may go through. One thread.
 */
public final class BeaconSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BeaconSender.class);
    /** Beacons are for this network; a multicast one may pass so many routers. */
    private static final int MULTICAST_HOPS = 4;

    private final DatagramChannel channel;
    private final InetSocketAddress to;
    private final byte[] beacon;
    private boolean failing;

    private BeaconSender(DatagramChannel channel, InetSocketAddress to, byte[] beacon) {
        this.channel = channel;
        this.to = to;
        this.beacon = beacon.clone();
    }

    /** @throws KrylaException BIND_FAILED */
    public static BeaconSender open(InetSocketAddress to, byte[] beacon) {
        try {
            boolean four = to.getAddress().getAddress().length == 4;
            DatagramChannel channel =
                    DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, MULTICAST_HOPS);
            channel.configureBlocking(false);
            return new BeaconSender(channel, to, beacon);
        } catch (IOException e) {
            throw new KrylaException(
                    "BIND_FAILED", "no UDP socket for beacons to " + to + ": " + e.getMessage(), true, e);
        }
    }

    /** Sends one beacon now; false when the network did not take it, which is logged once and asked again the next time. */
    public boolean send() {
        try {
            channel.send(ByteBuffer.wrap(beacon), to);
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.info("beacons to {} do not go out: {}", to, e.getMessage());
            }
            failing = true;
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the beacon's socket: {}", e.toString());
        }
    }
}
