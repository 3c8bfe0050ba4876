package io.kryla.station.label;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * One label of {@value #WIDTH_MILLIMETERS} × {@value #HEIGHT_MILLIMETERS} mm: a QR code (ISO/IEC 18004, error correction M),
 * beside it the serial in groups of four and the line's name. Bars and letters are vectors in the PDF; the PNG is the same
 * page at {@value #DOTS_PER_INCH} dots an inch. Immutable.
 */
public final class LabelSheet {
    private static final float WIDTH_MILLIMETERS = 60;
    private static final float HEIGHT_MILLIMETERS = 28;
    private static final int DOTS_PER_INCH = 300;
    private static final float POINTS_PER_MILLIMETER = 72 / 25.4f;
    private static final float MARGIN = 2 * POINTS_PER_MILLIMETER;
    /** Light modules around the code that scanners need (ISO/IEC 18004). */
    private static final int QUIET_MODULES = 4;

    private static final int GROUP = 4;
    private static final float LARGEST_POINTS = 14;
    /** Height of a row over that of its letters. */
    private static final float ROW = 1.15f;

    private final String code;
    private final String serial;
    private final String line;

    /**
     * @param code what the QR code says, ASCII
     * @param serial for people, 1 to 20 letters and digits
     */
    public LabelSheet(String code, String serial, String line) {
        if (!serial.matches("[0-9A-Z]{1,20}")) {
            throw new IllegalArgumentException("serial: 1 to 20 letters and digits expected, got " + serial);
        }
        if (!line.matches("[ -~]{1,32}")) {
            throw new IllegalArgumentException("line: 1 to 32 ASCII characters expected, got " + line);
        }
        this.code = code;
        this.serial = serial;
        this.line = line;
    }

    public byte[] pdf() {
        try (PDDocument document = document();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] png() {
        try (PDDocument document = document();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DOTS_PER_INCH, ImageType.GRAY);
            // Labels are black or white: no shade that a thermal printer would dither.
            BufferedImage sharp = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
            Graphics2D graphics = sharp.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sharp.getWidth(), sharp.getHeight());
            graphics.drawImage(page, 0, 0, null);
            graphics.dispose();
            ImageIO.write(sharp, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PDDocument document() throws IOException {
        PDDocument document = new PDDocument();
        PDPage page = new PDPage(
                new PDRectangle(WIDTH_MILLIMETERS * POINTS_PER_MILLIMETER, HEIGHT_MILLIMETERS * POINTS_PER_MILLIMETER));
        document.addPage(page);
        document.getDocumentInformation().setTitle("Airframe " + serial);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            float side = page.getMediaBox().getHeight() - 2 * MARGIN;
            drawCode(content, side);
            drawText(content, 2 * MARGIN + side, page.getMediaBox());
        }
        return document;
    }

    private void drawCode(PDPageContentStream content, float side) throws IOException {
        BitMatrix modules = modules();
        float module = side / modules.getWidth();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y)) {
                    content.addRect(MARGIN + x * module, MARGIN + side - (y + 1) * module, module, module);
                }
            }
        }
        content.fill();
    }

    private BitMatrix modules() {
        try {
            // Size 0: one unit a module.
            return new QRCodeWriter()
                    .encode(
                            code,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    QUIET_MODULES,
                                    EncodeHintType.CHARACTER_SET,
                                    "ISO-8859-1"));
        } catch (WriterException e) {
            throw new IllegalArgumentException("code: a text that fits into a QR code expected, got " + code, e);
        }
    }

    private void drawText(PDPageContentStream content, float left, PDRectangle page) throws IOException {
        PDFont bold = new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);
        PDFont plain = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        float width = page.getWidth() - left - MARGIN;
        int rows = (serial.length() + GROUP - 1) / GROUP;
        // Rows of groups, and one for the line's name.
        float size = Math.min(LARGEST_POINTS, (page.getHeight() - 2 * MARGIN) / ((rows + 1) * ROW));
        float top = page.getHeight() - MARGIN - size;
        for (int from = 0; from < serial.length(); from += GROUP) {
            String group = serial.substring(from, Math.min(serial.length(), from + GROUP));
            write(content, bold, size, left, top, group);
            top -= size * ROW;
        }
        write(content, plain, fitting(plain, line, width, 8), left, MARGIN, line);
    }

    private static float fitting(PDFont font, String text, float width, float most) throws IOException {
        float natural = font.getStringWidth(text) / 1000;
        return Math.min(most, width / natural);
    }

    private static void write(PDPageContentStream content, PDFont font, float size, float x, float y, String text)
            throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, y);
        content.showText(text);
        content.endText();
    }
}
