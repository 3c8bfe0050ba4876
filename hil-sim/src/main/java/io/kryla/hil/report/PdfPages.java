package io.kryla.hil.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** Fills A4 pages from the top; whatever does not fit on a page begins the next one. Lengths are points. */
final class PdfPages implements AutoCloseable {
    private static final float MARGIN = 42;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float TEXT = 8.5f;
    private static final float CELL = 7;
    private static final float PAD = 2.5f;
    private static final float LABEL_WIDTH = 96;
    private static final Color INK = new Color(0x1c2430);
    private static final Color MUTED = new Color(0x5c6675);
    /** Of the page's width: five plots and the line for signatures share a page. */
    private static final float PLOT_SHARE = 0.92f;

    private static final Color HIGHLIGHT = new Color(0xfdf0ee);
    private static final Color RULE = new Color(0xd5dae1);

    private final PDDocument document;
    private final PdfText text;
    private final String footer;
    private @Nullable PDPageContentStream page;
    private float y;
    private int number;

    /** A line of a table, with the colour of its second cell, which holds an outcome. */
    record Row(Color outcomeColor, boolean highlighted, List<String> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    PdfPages(PDDocument document, String footer) throws IOException {
        this.document = document;
        this.text = new PdfText(document);
        this.footer = footer;
        begin();
    }

    private PDPageContentStream page() {
        if (page == null) {
            throw new IllegalStateException("no page is begun");
        }
        return page;
    }

    private void begin() {
        try {
            end();
            PDPage added = new PDPage(PDRectangle.A4);
            document.addPage(added);
            page = new PDPageContentStream(document, added);
            number++;
            y = PDRectangle.A4.getHeight() - MARGIN;
            float size = 7;
            String pageNumber = "page " + number;
            text.show(
                    page(),
                    MARGIN,
                    MARGIN - 18,
                    size,
                    MUTED,
                    text.wrap(footer, size, WIDTH - 60).get(0));
            text.show(
                    page(),
                    (float) (MARGIN + WIDTH - text.width(pageNumber, size)),
                    MARGIN - 18,
                    size,
                    MUTED,
                    pageNumber);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }

    private void room(float height) {
        if (y - height < MARGIN) {
            begin();
        }
    }

    void banner(String title, String outcome, String sentence, Color color) {
        float titleSize = 15;
        float outcomeSize = 24;
        float left = MARGIN + 14;
        double room = WIDTH - 28 - text.width(outcome, outcomeSize) - 14;
        List<String> titles = text.wrap(title, titleSize, room);
        List<String> sentences = text.wrap(sentence, TEXT, room);
        float height = 18 + titles.size() * titleSize * 1.2f + sentences.size() * TEXT * 1.35f;
        fill(color, MARGIN, y - height, 5, height);
        outline(MARGIN, y - height, WIDTH, height);
        float line = y - 9 - titleSize;
        for (String part : titles) {
            text.show(page(), left, line, titleSize, INK, part);
            line -= titleSize * 1.2f;
        }
        for (String part : sentences) {
            text.show(page(), left, line + titleSize - TEXT - 2, TEXT, MUTED, part);
            line -= TEXT * 1.35f;
        }
        text.show(
                page(),
                (float) (MARGIN + WIDTH - 14 - text.width(outcome, outcomeSize)),
                y - height / 2 - outcomeSize / 3,
                outcomeSize,
                color,
                outcome);
        y -= height + 10;
    }

    void fact(String label, String value) {
        List<String> lines = text.wrap(value, TEXT, WIDTH - LABEL_WIDTH);
        float height = lines.size() * TEXT * 1.3f + 3;
        room(height);
        text.show(page(), MARGIN, y - TEXT, TEXT, MUTED, label);
        float line = y - TEXT;
        for (String part : lines) {
            text.show(page(), MARGIN + LABEL_WIDTH, line, TEXT, INK, part);
            line -= TEXT * 1.3f;
        }
        y -= height;
        rule(y + 1, RULE);
    }

    void heading(String heading) {
        room(80);
        y -= 16;
        text.show(page(), MARGIN, y, 12, INK, heading);
        y -= 7;
    }

    void paragraph(String paragraph) {
        for (String line : text.wrap(paragraph, TEXT, WIDTH)) {
            room(TEXT * 1.35f);
            text.show(page(), MARGIN, y - TEXT, TEXT, MUTED, line);
            y -= TEXT * 1.35f;
        }
        y -= 4;
    }

    /** @param shares of the page's width, a column each; their sum is 1 */
    void table(List<String> headings, float[] shares, List<Row> rows) {
        heads(headings, shares);
        for (Row row : rows) {
            List<List<String>> wrapped = wrap(row.cells, shares);
            float height = height(wrapped);
            if (y - height < MARGIN) {
                begin();
                heads(headings, shares);
            }
            if (row.highlighted) {
                fill(HIGHLIGHT, MARGIN, y - height, WIDTH, height);
            }
            cells(wrapped, shares, INK, row.outcomeColor);
            y -= height;
            rule(y, RULE);
        }
    }

    private void heads(List<String> headings, float[] shares) {
        List<List<String>> wrapped = wrap(headings, shares);
        cells(wrapped, shares, MUTED, MUTED);
        y -= height(wrapped);
        rule(y, MUTED);
    }

    private List<List<String>> wrap(List<String> cells, float[] shares) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            wrapped.add(text.wrap(cells.get(i), CELL, shares[i] * WIDTH - 2 * PAD));
        }
        return wrapped;
    }

    private static float height(List<List<String>> cells) {
        return cells.stream().mapToInt(List::size).max().orElse(1) * CELL * 1.25f + 2 * PAD;
    }

    private void cells(List<List<String>> cells, float[] shares, Color color, Color outcomeColor) {
        float left = MARGIN;
        for (int i = 0; i < cells.size(); i++) {
            float line = y - PAD - CELL;
            boolean right = i >= 2 && i <= 4;
            for (String part : cells.get(i)) {
                double x = right ? left + shares[i] * WIDTH - PAD - text.width(part, CELL) : left + PAD;
                text.show(page(), (float) x, line, CELL, i == 1 ? outcomeColor : color, part);
                line -= CELL * 1.25f;
            }
            left += shares[i] * WIDTH;
        }
    }

    void plot(Plot plot) {
        double scale = PLOT_SHARE * WIDTH / plot.width();
        float height = (float) (plot.height() * scale);
        room(height + 6);
        plot.draw(new PdfDrawing(page(), text, MARGIN + (1 - PLOT_SHARE) / 2 * WIDTH, y, scale));
        y -= height + 6;
    }

    void signatures(List<String> labels) {
        room(60);
        y -= 44;
        float each = WIDTH / labels.size();
        for (int i = 0; i < labels.size(); i++) {
            float left = MARGIN + i * each;
            line(left, y, left + each - 20, y, INK);
            text.show(page(), left, y - 10, TEXT, MUTED, labels.get(i));
        }
    }

    private void rule(float at, Color color) {
        line(MARGIN, at, MARGIN + WIDTH, at, color);
    }

    private void line(float x1, float y1, float x2, float y2, Color color) {
        try {
            page().setStrokingColor(color);
            page().setLineWidth(0.5f);
            page().setLineDashPattern(new float[0], 0);
            page().moveTo(x1, y1);
            page().lineTo(x2, y2);
            page().stroke();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(Color color, float x, float below, float width, float height) {
        try {
            page().setNonStrokingColor(color);
            page().addRect(x, below, width, height);
            page().fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void outline(float x, float below, float width, float height) {
        try {
            page().setStrokingColor(RULE);
            page().setLineWidth(0.8f);
            page().addRect(x, below, width, height);
            page().stroke();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
