package io.kryla.station.licensor;

import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a licensor chose once.
 *
 * @param designOid type of the airframes, in the hardwareModuleName of each
 * @param arc OID under which role policies (arc.1.n) and license policies (arc.2.n) are numbered
 */
public record LicensorSettings(String designOid, String arc) {
    private static final String OID = "[0-2](\\.(0|[1-9][0-9]{0,9})){1,16}";

    public LicensorSettings {
        requireOid("--design-oid", designOid);
        requireOid("--arc", arc);
    }

    String groundRole() {
        return arc + ".1.1";
    }

    String stationRole() {
        return arc + ".1.2";
    }

    String operatorRole() {
        return arc + ".1.3";
    }

    /** Policy of the n-th license. */
    String license(int number) {
        return arc + ".2." + number;
    }

    void write(Path file) {
        String text = "design_oid=" + designOid + "\narc=" + arc + "\n";
        DocumentFiles.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    static LicensorSettings read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(DocumentFiles.read(file), StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LicensorSettings(properties.getProperty("design_oid", ""), properties.getProperty("arc", ""));
    }

    private static void requireOid(String what, String oid) {
        if (!oid.matches(OID)) {
            throw CommandFailure.usage(
                    "OID_MALFORMED", "an object identifier in dotted decimal expected", what + " " + oid, "correct it");
        }
    }
}
