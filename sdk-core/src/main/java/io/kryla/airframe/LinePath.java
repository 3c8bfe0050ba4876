package io.kryla.airframe;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.KrylaException;
import io.kryla.link.ByteStream;
import io.kryla.link.DatagramLink;
import io.kryla.link.SharedLine;
import io.kryla.session.ChannelLimits;
import io.kryla.session.SecureChannel;
import java.io.IOException;

/** A line to the ground, for TLS over its streams and for datagrams alike. */
record LinePath(SharedLine line) implements GroundPath {
    @Override
    public String name() {
        return line.name();
    }

    @Override
    public SecureChannel connect(TlsIdentity identity, String alpn, PeerCheck check) {
        ByteStream stream;
        try {
            stream = line.open();
        } catch (IOException e) {
            throw new KrylaException("UNREACHABLE", "no stream over " + line.name() + ": " + e.getMessage(), true, e);
        }
        return SecureChannel.connect(stream, identity, alpn, check, ChannelLimits.SLOW_LINE);
    }

    @Override
    public DatagramLink datagrams(int udpPort) {
        return line.datagrams();
    }
}
