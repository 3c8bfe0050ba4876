package io.kryla.identity;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;

/**
 * Certificates, revocation lists and other documents of bounded size in files. Reading verifies nothing; whatever is wrong
 * with a file is a {@link KrylaException} of code FILE_MISSING, FILE_UNREADABLE or FILE_MALFORMED that names it.
 */
public final class CertificateFiles {
    /** Largest document in bytes. */
    public static final int LARGEST_FILE = 1 << 20;

    private CertificateFiles() {}

    /** One certificate in PEM. */
    public static X509Certificate readCertificate(Path file) {
        return read(file, "one certificate in PEM", Certificates::fromPem);
    }

    /** Certificates in PEM, the leaf first. */
    public static CertificateChain readChain(Path file) {
        return read(
                file,
                "1 to " + CertificateChain.LONGEST + " certificates in PEM, the leaf first",
                CertificateChain::fromPem);
    }

    /** A revocation list in DER. */
    public static X509CRL readCrl(Path file) {
        return read(file, "a revocation list in DER", Certificates::crlFromDer);
    }

    /**
     * Reads what a parser of untrusted bytes takes.
     *
     * @param expected what the file should be, for the message of FILE_MALFORMED
     */
    public static <T> T read(Path file, String expected, Function<byte[], Optional<T>> parser) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_FILE + 1);
            Optional<T> parsed = content.length > LARGEST_FILE ? Optional.empty() : parser.apply(content);
            return parsed.orElseThrow(() -> new KrylaException(
                    "FILE_MALFORMED",
                    file + " is not " + expected + " of at most " + LARGEST_FILE
                            + " bytes; check that it is the right file",
                    false));
        } catch (NoSuchFileException e) {
            throw new KrylaException("FILE_MISSING", "there is no file " + file + "; check the path", false, e);
        } catch (IOException e) {
            throw new KrylaException("FILE_UNREADABLE", file + " cannot be read: " + e.getMessage(), true, e);
        }
    }
}
