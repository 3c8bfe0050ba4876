package io.kryla.examples;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.v1.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a ground station reads at its start, as it lies in a demonstration folder: the licensor's documents in {@code DIR},
 * the key of one party's ground in {@code DIR.private}.
 *
 * @param documents root.pem, trust-bundle.dsse, crls/, ledgers/
 * @param ground ground.key and ground.pem
 * @param passphrase of the key
 */
public record GroundFiles(Path documents, Path ground, Path passphrase) {
    private static final Pattern PEM = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\\R?");

    /** @param owner the folder of the party that owns the airframe, such as {@code parties/end-user-1} after a handover, {@code lines/DE-01} before it */
    public static GroundFiles ofDemo(Path demo, String owner) {
        Path secret = demo.toAbsolutePath().resolveSibling(demo.getFileName() + ".private");
        return new GroundFiles(demo, secret.resolve(owner), secret.resolve("passphrase"));
    }

    /** The root comes from outside in real life: it is what everything else is measured by. */
    public X509Certificate root() {
        return Certificates.fromPem(read(documents.resolve("root.pem"))).orElseThrow();
    }

    public TrustedBundle trust() {
        try {
            Envelope envelope = Envelope.parseFrom(read(documents.resolve("trust-bundle.dsse")));
            DocumentResult<TrustedBundle> opened = TrustedBundle.open(root(), envelope, OptionalLong.empty());
            if (opened instanceof DocumentResult.Verified<TrustedBundle> verified) {
                return verified.document();
            }
            throw new IllegalStateException("the trust bundle is not this root's: " + opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TlsIdentity identity() {
        char[] secret =
                new String(read(passphrase), StandardCharsets.UTF_8).strip().toCharArray();
        Matcher blocks = PEM.matcher(new String(read(ground.resolve("ground.pem")), StandardCharsets.US_ASCII));
        List<X509Certificate> chain = new ArrayList<>();
        while (blocks.find()) {
            chain.add(Certificates.fromPem(blocks.group().getBytes(StandardCharsets.US_ASCII))
                    .orElseThrow());
        }
        return new TlsIdentity(
                EncryptedKeyFile.read(ground.resolve("ground.key"), secret), new CertificateChain(chain));
    }

    /** Read anew at each connection: a list may have been replaced. */
    public List<X509CRL> crls() {
        return list(documents.resolve("crls")).stream()
                .map(file -> Certificates.crlFromDer(read(file)).orElseThrow())
                .collect(Collectors.toList());
    }

    /** Of a ledger checkpoint that this ground knows: flights that it receives are provably not older. */
    public Digest ledgerCheckpoint() {
        Path ledger = list(documents.resolve("ledgers")).get(0);
        return Digest.sha256(read(ledger.resolve("checkpoint")));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
