package io.kryla.hil.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes the few SVG elements that plots are made of; looks come from the page's style sheet. */
final class Svg implements Drawing {
    private final StringBuilder out = new StringBuilder(16_384);

    Svg(int width, int height, String label) {
        out.append("<svg viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(label))
                .append("\">");
    }

    @Override
    public void line(String style, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"").append(style).append('"');
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        out.append("/>");
    }

    @Override
    public void rectangle(String style, double x, double y, double width, double height) {
        out.append("<rect class=\"").append(style).append('"');
        attribute("x", x);
        attribute("y", y);
        attribute("width", Math.max(0, width));
        attribute("height", Math.max(0, height));
        out.append("/>");
    }

    @Override
    public void circle(String style, double x, double y, double radius) {
        out.append("<circle class=\"").append(style).append('"');
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        out.append("/>");
    }

    @Override
    public void text(String style, double x, double y, String text) {
        out.append("<text class=\"").append(style).append('"');
        attribute("x", x);
        attribute("y", y);
        out.append('>').append(escape(text)).append("</text>");
    }

    @Override
    public void polyline(String style, double[] points) {
        out.append("<polyline class=\"").append(style).append("\" points=\"");
        for (int i = 0; i < points.length; i += 2) {
            out.append(i == 0 ? "" : " ").append(pixels(points[i])).append(',').append(pixels(points[i + 1]));
        }
        out.append("\"/>");
    }

    String close() {
        return out.append("</svg>").toString();
    }

    private void attribute(String name, double value) {
        out.append(' ').append(name).append("=\"").append(pixels(value)).append('"');
    }

    private static String pixels(double value) {
        return number(value, 1);
    }

    /** Fixed decimals, the same on every JVM. */
    static String number(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Text as HTML and SVG take it, in content and in attributes. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < 0x20 && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return escaped.toString();
    }
}
