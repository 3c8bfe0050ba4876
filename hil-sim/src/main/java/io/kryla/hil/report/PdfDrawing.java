package io.kryla.hil.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** Draws a plot as vectors on a page of PDF, in the looks of the HTML page's style sheet. */
final class PdfDrawing implements Drawing {
    /** Of a circle's quarter as a Bézier curve (error below 0.03 %). */
    private static final double KAPPA = 0.5522847498;

    private static final float[] SOLID = {};
    private static final Color INK = new Color(0x1c2430);
    private static final Color MUTED = new Color(0x5c6675);

    /** How a shape is stroked. */
    private record Pen(int rgb, float width, float... dash) {}

    private static final Pen UNKNOWN = new Pen(0x1c2430, 1);
    private static final Map<String, Pen> PENS = Map.ofEntries(
            Map.entry("frame", new Pen(0xaab2bd, 1)),
            Map.entry("grid", new Pen(0xeceff3, 1)),
            Map.entry("phase", new Pen(0x9aa4b1, 0.8f, 1, 2)),
            Map.entry("truth", new Pen(0x1f4e9c, 1.5f)),
            Map.entry("telemetry", new Pen(0xd97706, 1.1f)),
            Map.entry("second", new Pen(0x0f8b8d, 1.5f)),
            Map.entry("rotor-1", new Pen(0x1f4e9c, 1)),
            Map.entry("rotor-2", new Pen(0xd97706, 1)),
            Map.entry("rotor-3", new Pen(0x0f8b8d, 1)),
            Map.entry("rotor-4", new Pen(0x7b4ea3, 1)),
            Map.entry("course", new Pen(0x9aa4b1, 1.5f, 5, 4)),
            Map.entry("home", new Pen(0x1c2430, 1.6f)),
            Map.entry("limit", new Pen(0xb3261e, 1.3f, 6, 4)),
            Map.entry("met", new Pen(0x1a7f4b, 1.6f)),
            Map.entry("missed", new Pen(0xb3261e, 1.8f)));

    private final PDPageContentStream out;
    private final PdfText font;
    private final double left;
    private final double top;
    private final double scale;

    /**
     * @param left of the plot on the page, in points
     * @param top of the plot on the page, in points from below
     * @param scale points a pixel
     */
    PdfDrawing(PDPageContentStream out, PdfText font, double left, double top, double scale) {
        this.out = out;
        this.font = font;
        this.left = left;
        this.top = top;
        this.scale = scale;
    }

    @Override
    public void line(String style, double x1, double y1, double x2, double y2) {
        stroke(style, () -> {
            out.moveTo(x(x1), y(y1));
            out.lineTo(x(x2), y(y2));
            out.stroke();
        });
    }

    @Override
    public void rectangle(String style, double x, double y, double width, double height) {
        stroke(style, () -> {
            out.addRect(x(x), y(y + height), (float) (width * scale), (float) (height * scale));
            out.stroke();
        });
    }

    @Override
    public void circle(String style, double x, double y, double radius) {
        stroke(style, () -> {
            double k = radius * KAPPA;
            out.moveTo(x(x + radius), y(y));
            out.curveTo(x(x + radius), y(y + k), x(x + k), y(y + radius), x(x), y(y + radius));
            out.curveTo(x(x - k), y(y + radius), x(x - radius), y(y + k), x(x - radius), y(y));
            out.curveTo(x(x - radius), y(y - k), x(x - k), y(y - radius), x(x), y(y - radius));
            out.curveTo(x(x + k), y(y - radius), x(x + radius), y(y - k), x(x + radius), y(y));
            out.closePath();
            if (style.equals("limit")) {
                out.stroke();
            } else {
                out.setNonStrokingColor(Color.WHITE);
                out.fillAndStroke();
            }
        });
    }

    @Override
    public void polyline(String style, double[] points) {
        if (points.length < 4) {
            return;
        }
        stroke(style, () -> {
            out.moveTo(x(points[0]), y(points[1]));
            for (int i = 2; i < points.length; i += 2) {
                out.lineTo(x(points[i]), y(points[i + 1]));
            }
            out.stroke();
        });
    }

    @Override
    public void text(String style, double x, double y, String text) {
        boolean small = style.startsWith("tick") || style.equals("axis") || style.equals("phase-name");
        float size = (float) ((small ? 10 : 11) * scale);
        double width = font.width(text, size);
        double start = switch (style) {
            case "tick-y" -> x(x) - width;
            case "tick-x" -> x(x) - width / 2;
            default -> x(x);
        };
        font.show(out, (float) start, y(y), size, small ? MUTED : INK, text);
    }

    /** Part of a drawing that may fail to be written. */
    @FunctionalInterface
    private interface Shape {
        void draw() throws IOException;
    }

    private void stroke(String style, Shape shape) {
        Pen pen = PENS.getOrDefault(style, UNKNOWN);
        float[] dash = new float[pen.dash.length];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = (float) (pen.dash[i] * scale);
        }
        try {
            out.setStrokingColor(new Color(pen.rgb));
            out.setLineWidth((float) (pen.width * scale));
            out.setLineDashPattern(dash.length == 0 ? SOLID : dash, 0);
            shape.draw();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float x(double pixel) {
        return (float) (left + pixel * scale);
    }

    private float y(double pixel) {
        return (float) (top - pixel * scale);
    }
}
