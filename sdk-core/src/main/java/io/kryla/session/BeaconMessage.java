package io.kryla.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.v1.Beacon;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The datagram by which a ground may be found (protocol.md §4.6). Whoever wrote it proves nothing by it: it names an address to
 * try, and TLS decides who is there.
 */
public final class BeaconMessage {
    /** Longer ones are no beacons. */
    public static final int MAX_BYTES = 64;
    /** Where airframes listen unless configured otherwise. */
    public static final int DEFAULT_PORT = 14_599;

    private static final int MAGIC = 0x4b52594c;
    private static final int VERSION = 1;
    private static final int MAX_PORT = 65_535;

    private BeaconMessage() {}

    /** @param address empty: that from which the datagram will come */
    public static byte[] encode(Optional<InetAddress> address, int port) {
        return Beacon.newBuilder()
                .setMagic(MAGIC)
                .setVersion(VERSION)
                .setAddress(
                        address.map(it -> ByteString.copyFrom(it.getAddress())).orElse(ByteString.EMPTY))
                .setPort(port)
                .build()
                .toByteArray();
    }

    /**
     * Where session set-up is to be tried; empty when it is no beacon, or names what can be no ground of this network: the
     * airframe itself, everyone, or nobody.
     *
     * @param from the sender's address, as unproven as the rest
     */
    public static Optional<InetSocketAddress> parse(byte[] datagram, int length, InetAddress from) {
        if (length > MAX_BYTES) {
            return Optional.empty();
        }
        Beacon beacon;
        try {
            beacon = Beacon.parseFrom(Arrays.copyOf(datagram, length));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
        boolean known = beacon.getMagic() == MAGIC && beacon.getVersion() == VERSION;
        if (!known || beacon.getPort() < 1 || beacon.getPort() > MAX_PORT) {
            return Optional.empty();
        }
        return address(beacon.getAddress(), from)
                .filter(address -> !address.isMulticastAddress() && !address.isAnyLocalAddress())
                .filter(address -> !address.isLoopbackAddress() || from.isLoopbackAddress())
                .map(address -> new InetSocketAddress(address, beacon.getPort()));
    }

    private static Optional<InetAddress> address(ByteString named, InetAddress from) {
        if (named.isEmpty()) {
            return Optional.of(from);
        }
        try {
            return Optional.of(InetAddress.getByAddress(named.toByteArray()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
