package io.kryla.airframe;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.TlsIdentity;
import io.kryla.link.DatagramLink;
import io.kryla.link.SharedLine;
import io.kryla.session.SecureChannel;

/**
 * A way to one ground: a reliable channel for set-up and a path for datagrams. {@link IpPath} over TCP and UDP is one; a radio
 * brings its own. Called by one thread at a time, which may block in {@link #connect}.
 */
public interface GroundPath {
    /** In logs, and what tells one ground from another: two paths of one name lead to one ground. */
    String name();

    /**
     * A channel to the ground, checked, or none, within the times of its own {@link io.kryla.session.ChannelLimits}.
     *
     * @throws io.kryla.keys.KrylaException when nobody is there or the peer is refused
     */
    SecureChannel connect(TlsIdentity identity, String alpn, PeerCheck check);

    /**
     * Where the session's datagrams go; asked again when the ground falls silent, since an address of this airframe may have
     * changed.
     *
     * @param udpPort as the ground named it in {@code Subscribe}
     */
    DatagramLink datagrams(int udpPort);

    /** Over a line that leads to the ground, such as a serial radio; it stays the caller's to close. */
    static GroundPath over(SharedLine line) {
        return new LinePath(line);
    }
}
