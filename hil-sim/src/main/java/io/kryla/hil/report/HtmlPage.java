package io.kryla.hil.report;

import static io.kryla.hil.report.Svg.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of every page: needs no network, no script and no other file, and prints well. */
final class HtmlPage {
    private static final String NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'";

    private HtmlPage() {}

    static StringBuilder begin(String title) {
        return new StringBuilder(256 * 1024)
                .append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + NO_NETWORK + "\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(escape(title))
                .append("</title><style>")
                .append(styleSheet())
                .append("</style></head>\n<body><main>");
    }

    static byte[] end(StringBuilder page) {
        return page.append("\n</main></body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static void banner(StringBuilder out, String outcome, String heading, String summary) {
        out.append("\n<header class=\"")
                .append(outcome)
                .append("\"><div><h1>")
                .append(escape(heading))
                .append("</h1><p>")
                .append(escape(summary))
                .append("</p></div><div class=\"outcome\">")
                .append(outcome)
                .append("</div></header>");
    }

    static String pill(String outcome) {
        return "<td><span class=\"pill " + outcome + "\">" + outcome + "</span></td>";
    }

    private static String styleSheet() {
        try (var in = HtmlPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
