package io.kryla.factory.provisioning;

import io.kryla.keys.Digest;

/** What the code on an airframe's label says. */
public final class UnitLabel {
    private static final String PREFIX = "urn:kryla:airframe:";

    private UnitLabel() {}

    /** Serial, and the airframe's certificate, so that a label cannot be moved to another airframe unnoticed. */
    public static String text(String serial, Digest idevidCertificateSha256) {
        return PREFIX + serial + ":" + idevidCertificateSha256;
    }

    /** The serial in a label's text, as people read it beside the code. */
    public static String serial(String text) {
        int end = text.indexOf(':', PREFIX.length());
        if (!text.startsWith(PREFIX) || end < 0) {
            throw new IllegalArgumentException("text: a label's expected, got " + text);
        }
        return text.substring(PREFIX.length(), end);
    }
}
