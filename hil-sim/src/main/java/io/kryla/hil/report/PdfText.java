package io.kryla.hil.report;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Text in the one font that every page embeds: Liberation Sans, which the PDF library brings along. */
final class PdfText {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final char REPLACEMENT = '?';

    private final PDFont font;

    PdfText(PDDocument document) throws IOException {
        try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
            if (in == null) {
                throw new IllegalStateException("the PDF library has no " + FONT);
            }
            font = PDType0Font.load(document, in, true);
        }
    }

    double width(String text, float size) {
        try {
            return font.getStringWidth(drawable(text)) / 1000 * size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void show(PDPageContentStream out, float x, float y, float size, Color color, String text) {
        try {
            out.beginText();
            out.setNonStrokingColor(color);
            out.setFont(font, size);
            out.newLineAtOffset(x, y);
            out.showText(drawable(text));
            out.endText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Broken at blanks, and within a word that is wider than a line, as a hash is. */
    List<String> wrap(String text, float size, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String rest = word;
            if (!line.isEmpty() && width(line + " " + rest, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (line.isEmpty() && width(rest, size) > width && rest.length() > 1) {
                int fits = 1;
                while (width(rest.substring(0, fits + 1), size) <= width) {
                    fits++;
                }
                lines.add(rest.substring(0, fits));
                rest = rest.substring(fits);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /** What the font has no sign for is replaced, as are control characters. */
    private String drawable(String text) {
        StringBuilder drawable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point < 0x20) {
                drawable.append(' ');
            } else if (has(point)) {
                drawable.appendCodePoint(point);
            } else {
                drawable.append(REPLACEMENT);
            }
        });
        return drawable.toString();
    }

    private boolean has(int point) {
        try {
            font.encode(Character.toString(point));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
