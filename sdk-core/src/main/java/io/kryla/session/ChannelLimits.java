package io.kryla.session;

import java.time.Duration;

/**
 * What a {@link SecureChannel} puts up with.
 *
 * @param connect to reach the peer
 * @param handshake from there to the checked peer, however slowly its bytes drip in
 * @param send to hand over one message
 * @param maxMessageBytes longest message, either way
 */
public record ChannelLimits(Duration connect, Duration handshake, Duration send, int maxMessageBytes) {
    /** protocol.md §4.1. */
    public static final ChannelLimits STANDARD =
            new ChannelLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), 65_536);

    /** For a line of 57,600 baud (protocol.md §13): a second or two, or half a minute where many frames are lost. */
    public static final ChannelLimits SLOW_LINE =
            new ChannelLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), 65_536);
}
