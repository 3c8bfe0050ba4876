package io.kryla.station.label;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Reads a label from a picture, as a camera at the bench takes it. */
public final class LabelScan {
    private static final long MOST_PIXELS = 64L << 20;

    private LabelScan() {}

    /** The text of the QR code in a PNG or JPEG; empty if there is none to be read. */
    public static Optional<String> text(byte[] untrustedPicture) {
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(untrustedPicture))) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            var reader = readers.next();
            try {
                reader.setInput(input);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    return Optional.empty();
                }
                return text(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            return Optional.empty(); // not a picture after all
        }
    }

    static Optional<String> text(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        LuminanceSource light =
                new RGBLuminanceSource(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
        try {
            return Optional.of(new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(light)),
                            Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE))
                    .getText());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (ReaderException e) {
            return Optional.empty(); // damaged beyond correction
        }
    }
}
