package io.kryla.airframe;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.TlsIdentity;
import io.kryla.link.DatagramLink;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** TCP to an address, and datagrams to the port of the same host that the ground names. */
record IpPath(InetSocketAddress ground, Function<InetSocketAddress, DatagramLink> links) implements GroundPath {
    @Override
    public String name() {
        return ground.getHostString() + ":" + ground.getPort();
    }

    @Override
    public SecureChannel connect(TlsIdentity identity, String alpn, PeerCheck check) {
        return SecureChannel.connect(ground, identity, alpn, check, ChannelLimits.STANDARD);
    }

    @Override
    public DatagramLink datagrams(int udpPort) {
        return links.apply(new InetSocketAddress(ground.getAddress(), udpPort));
    }
}
