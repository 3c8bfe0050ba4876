package io.kryla.ground.link;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Which application protocol one connection gets: the first of ours that the peer offers. A peer that offers none of them is
 * told by TLS (RFC 7301 §3.2), one that offers nothing is refused after the handshake. One connection's event loop.
 */
final class ProtocolChoice {
    private static final int MOST_TOLD = 4;
    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,32}");

    private final List<String> served;
    private List<String> unserved = List.of();

    ProtocolChoice(String... served) {
        this.served = List.of(served);
    }

    /** Returns the engine, which asks here from now on. */
    SSLEngine madeBy(SSLEngine engine) {
        engine.setHandshakeApplicationProtocolSelector((asking, offered) -> choose(offered));
        return engine;
    }

    /** Null refuses the peer. */
    private @Nullable String choose(List<String> offered) {
        for (String protocol : served) {
            if (offered.contains(protocol)) {
                return protocol;
            }
        }
        unserved = offered.stream()
                .limit(MOST_TOLD)
                .map(name -> PLAIN.matcher(name).matches() ? name : "?")
                .toList();
        return null;
    }

    /** What a peer offered that was refused for it, fit for a log; empty otherwise. */
    List<String> unserved() {
        return unserved;
    }

    List<String> served() {
        return served;
    }
}
