package io.kryla.factory.replay;

import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a line owes as of one checkpoint (protocol.md §9.9). Canonical JSON: line and licensor replay the same leaves and
 * come to the same bytes, so that each can compare, or sign, what the other sends.
 */
public record RoyaltyStatement(String json) {
    private static final String FORMAT = "kryla-royalty-statement/1";

    /** @param totals of the replay of exactly the checkpoint's leaves */
    public static RoyaltyStatement of(String line, Checkpoint checkpoint, Totals totals) {
        if (totals.leaves() != checkpoint.size()) {
            throw new IllegalArgumentException("totals: of " + checkpoint.size() + " leaves expected, got " + totals);
        }
        StringBuilder json = new StringBuilder("{");
        text(json, "format", FORMAT).append(',');
        text(json, "line", line).append(',');
        text(json, "ledger", checkpoint.origin()).append(',');
        json.append("\"leaves\":").append(checkpoint.size()).append(',');
        text(json, "root", checkpoint.root().hex()).append(",\"licenses\":[");
        String separator = "";
        for (Totals.LicenseTotals license : totals.licenses()) {
            json.append(separator);
            license(json, license);
            separator = ",";
        }
        return new RoyaltyStatement(json.append("]}").toString());
    }

    private static void license(StringBuilder json, Totals.LicenseTotals license) {
        text(json.append('{'), "policy_oid", license.policyOid());
        json.append(",\"quota\":").append(license.quota());
        json.append(",\"born\":").append(license.born());
        json.append(",\"accepted\":").append(license.accepted());
        json.append(",\"handed_over\":").append(license.handedOver());
        json.append(",\"due_minor_units\":{");
        String separator = "";
        for (Map.Entry<String, Long> due : license.royaltyMinorUnits().entrySet()) {
            quoted(json.append(separator), due.getKey()).append(':').append(due.getValue());
            separator = ",";
        }
        json.append("}}");
    }

    /** ASCII bytes, no newline at the end. */
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    public Digest sha256() {
        return Digest.sha256(bytes());
    }

    private static StringBuilder text(StringBuilder json, String name, String value) {
        return quoted(quoted(json, name).append(':'), value);
    }

    /** Escapes everything that is not printable ASCII, a quotation mark or a backslash, as {@code \\uXXXX}. */
    private static StringBuilder quoted(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
