package io.kryla.dsse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** PAE of DSSE v1: what a signature covers, unambiguous because every part is preceded by its length. */
final class PreAuthenticationEncoding {
    private PreAuthenticationEncoding() {}

    /** {@code "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload}, lengths in bytes as ASCII decimals. */
    static byte[] of(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + type.length + 32);
        out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(type);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
