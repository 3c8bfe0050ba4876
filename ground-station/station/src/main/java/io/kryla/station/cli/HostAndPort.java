package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import java.net.InetSocketAddress;

/** {@code HOST:PORT} as a person types it; IPv6 hosts stand in brackets. */
final class HostAndPort {
    private static final int MOST = 65_535;

    private HostAndPort() {}

    /**
     * Port 0 is refused: a person who names an address means one that others can be told.
     *
     * @throws CommandFailure ADDRESS_MALFORMED, HOST_UNKNOWN
     */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed)) {
            throw malformed(text);
        }
        InetSocketAddress address =
                new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port(text, colon));
        if (address.isUnresolved()) {
            throw CommandFailure.usage("HOST_UNKNOWN", "no such host", host, "check the name or give its address");
        }
        return address;
    }

    private static int port(String text, int colon) {
        String digits = text.substring(colon + 1);
        if (digits.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= MOST) {
                return port;
            }
        }
        throw malformed(text);
    }

    private static CommandFailure malformed(String text) {
        return CommandFailure.usage("ADDRESS_MALFORMED", "HOST:PORT expected", text, "for example 127.0.0.1:14700");
    }
}
