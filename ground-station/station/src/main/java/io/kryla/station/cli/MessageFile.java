package io.kryla.station.cli;

import com.google.protobuf.CodedInputStream;
import io.kryla.factory.witness.WitnessLimits;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Messages one behind the other in a file, each with its length ahead as a varint (protobuf's delimited form). */
final class MessageFile {
    private static final int MOST_MESSAGES = 16_384;

    private MessageFile() {}

    static void write(Path file, List<byte[]> messages) {
        if (Files.exists(file)) {
            throw CommandFailure.usage("FILE_EXISTS", "already there", file.toString(), "choose another with --out");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            int length = message.length;
            for (; length >= 0x80; length >>>= 7) {
                all.write(length & 0x7f | 0x80);
            }
            all.write(length);
            all.writeBytes(message);
        }
        DocumentFiles.write(file.toAbsolutePath(), all.toByteArray());
    }

    /** @throws CommandFailure FILE_MALFORMED */
    static List<byte[]> read(Path file) {
        DocumentFiles.requireFile(file);
        List<byte[]> messages = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int first = in.read(); first >= 0; first = in.read()) {
                int length = CodedInputStream.readRawVarint32(first, in);
                if (length < 0 || length > WitnessLimits.LARGEST_REQUEST || messages.size() == MOST_MESSAGES) {
                    throw malformed(file);
                }
                byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    throw malformed(file);
                }
                messages.add(message);
            }
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw malformed(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static CommandFailure malformed(Path file) {
        return CommandFailure.usage(
                "FILE_MALFORMED",
                "not a file of witness messages, or cut short",
                file.toString(),
                "copy it again from where it was made");
    }
}
