package io.kryla.station.folder;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signed documents and certificates as files. Reading is bounded; writing is whole or not at all. */
public final class DocumentFiles {
    private static final int LARGEST_DOCUMENT_BYTES = 1 << 20;
    private static final Pattern PEM_CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\\r?\\n?");

    private DocumentFiles() {}

    /** Writes beside the target, forces it to the medium, and renames it into place. */
    public static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".part");
            try {
                Files.write(temporary, content);
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void write(Path file, Envelope document) {
        write(file, document.toByteArray());
    }

    /** One PEM block a certificate, leaf first. */
    public static void write(Path file, CertificateChain chain) {
        String pem = chain.certificates().stream().map(Certificates::toPem).collect(Collectors.joining());
        write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Refuses what a person named as a file and is none.
     *
     * @throws CommandFailure FILE_MISSING, NOT_A_FILE
     */
    public static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(
                    "NOT_A_FILE", "is a folder, a file is needed", file.toString(), "check the path");
        }
        if (!Files.exists(file)) {
            throw CommandFailure.usage("FILE_MISSING", "no such file", file.toString(), "check the path");
        }
    }

    public static byte[] read(Path file) {
        requireFile(file);
        try {
            if (Files.size(file) > LARGEST_DOCUMENT_BYTES) {
                throw malformed(file, "larger than " + LARGEST_DOCUMENT_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Envelope readEnvelope(Path file) {
        try {
            return Envelope.parseFrom(read(file));
        } catch (InvalidProtocolBufferException e) {
            throw malformed(file, "not a signed document");
        }
    }

    public static X509Certificate readCertificate(Path file) {
        return Certificates.fromPem(read(file)).orElseThrow(() -> malformed(file, "not a certificate in PEM"));
    }

    public static CertificateChain readChain(Path file) {
        Matcher blocks = PEM_CERTIFICATE.matcher(new String(read(file), StandardCharsets.US_ASCII));
        List<byte[]> certificates = new ArrayList<>();
        while (blocks.find()) {
            certificates.add(Certificates.fromPem(blocks.group().getBytes(StandardCharsets.US_ASCII))
                    .map(Certificates::toDer)
                    .orElseThrow(() -> malformed(file, "holds a broken certificate")));
        }
        return CertificateChain.fromDer(certificates)
                .orElseThrow(() -> malformed(file, "not a certificate chain in PEM, leaf first"));
    }

    private static CommandFailure malformed(Path file, String what) {
        return CommandFailure.usage("FILE_MALFORMED", what, file.toString(), "check that it is the right file");
    }
}
