package io.kryla.radio.frame;

import java.util.zip.CRC32C;

/**
 * One frame on a serial line (protocol.md §13.1):
 *
 * <pre>
 * 0x00 ‖ COBS( channel (1) ‖ body (0–242) ‖ CRC-32C of channel and body (4, big-endian) ) ‖ 0x00
 * </pre>
 *
 * <p>at most 250 bytes. The zero in front ends whatever noise came before, so that a whole frame is received after any
 * garbage. The check has 32 bits, not 16: on a line that damages one frame in ten, 16 bits would let a damaged one through
 * every few hours, and TLS does not survive that.
 */
public final class LineFrame {
    /** Longest frame on the line, both zeros included. */
    public static final int MTU = 250;

    static final int CHECK_BYTES = Integer.BYTES;
    /** Channel, body and check of the longest frame: the MTU less two zeros and one byte of COBS. */
    static final int MAX_PACKET_BYTES = MTU - 3;

    /** Longest body. */
    public static final int MAX_BODY_BYTES = MAX_PACKET_BYTES - 1 - CHECK_BYTES;

    private final LineChannel channel;
    private final byte[] body;

    /** @param body belongs to the frame from now on; at most {@link #MAX_BODY_BYTES} */
    public LineFrame(LineChannel channel, byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "body has " + body.length + " bytes, at most " + MAX_BODY_BYTES + " fit a frame");
        }
        this.channel = channel;
        this.body = body;
    }

    public LineChannel channel() {
        return channel;
    }

    /** Not to be written to. */
    public byte[] body() {
        return body;
    }

    /**
     * Writes the frame as it goes over the line.
     *
     * @param into of {@link #MTU} bytes at least
     * @return its length
     */
    public int encode(byte[] into) {
        byte[] packet = new byte[1 + body.length + CHECK_BYTES];
        packet[0] = channel.code();
        System.arraycopy(body, 0, packet, 1, body.length);
        int check = checkOf(packet, 1 + body.length);
        for (int i = 0; i < CHECK_BYTES; i++) {
            packet[1 + body.length + i] = (byte) (check >>> (8 * (CHECK_BYTES - 1 - i)));
        }
        into[0] = 0;
        int end = Cobs.encode(packet, packet.length, into, 1);
        into[end] = 0;
        return end + 1;
    }

    /** CRC-32C (RFC 3720 §B.4) of the first so many bytes. */
    static int checkOf(byte[] packet, int length) {
        CRC32C crc = new CRC32C();
        crc.update(packet, 0, length);
        return (int) crc.getValue();
    }
}
