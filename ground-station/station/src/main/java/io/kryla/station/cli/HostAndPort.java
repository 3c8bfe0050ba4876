package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import java.net.InetSocketAddress;

/** {@code HOST:PORT} as a person types it; IPv6 hosts stand in brackets. */
final class HostAndPort {
    private static final int MOST = 65_535;
    /** RFC 1123 §2.1, and underscores, which some networks use all the same. */
    private static final String NAME_OR_IPV4 = "[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})";

    private static final String IPV6 = "[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,16})?";

    private HostAndPort() {}

    /**
     * Port 0 is refused: a person who names an address means one that others can be told.
     *
     * @throws CommandFailure ADDRESS_MALFORMED, HOST_UNKNOWN
     */
    static InetSocketAddress parse(String text) {
        return resolved(named(text));
    }

    /**
     * The same for who listens and says where: port 0 takes a free one.
     *
     * @throws CommandFailure ADDRESS_MALFORMED, HOST_UNKNOWN
     */
    static InetSocketAddress toListenAt(String text) {
        return resolved(named(text, 0));
    }

    private static InetSocketAddress resolved(InetSocketAddress named) {
        InetSocketAddress address = new InetSocketAddress(named.getHostString(), named.getPort());
        if (address.isUnresolved()) {
            throw CommandFailure.usage(
                    "HOST_UNKNOWN", "no such host", named.getHostString(), "check the name or give its address");
        }
        return address;
    }

    /** The text taken apart; no network is asked. */
    static InetSocketAddress named(String text) {
        return named(text, 1);
    }

    private static InetSocketAddress named(String text, int leastPort) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (!(bracketed ? bare.matches(IPV6) : bare.matches(NAME_OR_IPV4))) {
            throw malformed(text);
        }
        return InetSocketAddress.createUnresolved(bare, port(text, colon, leastPort));
    }

    private static int port(String text, int colon, int least) {
        String digits = text.substring(colon + 1);
        if (digits.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= least && port <= MOST) {
                return port;
            }
        }
        throw malformed(text);
    }

    private static CommandFailure malformed(String text) {
        return CommandFailure.usage("ADDRESS_MALFORMED", "HOST:PORT expected", text, "for example 127.0.0.1:14700");
    }
}
