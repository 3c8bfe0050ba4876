package io.kryla.station.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.audit.AuditOrder;
import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.FolderAudit;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Signer;
import io.kryla.station.demo.Demo;
import io.kryla.station.demo.DemoOrder;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.Progress;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A demonstration of two lines that is made once and attacked many times: every attack is undone by {@link #restore}. */
final class PublishedFolder {
    static final String DE = "DE-01";
    static final String GB = "GB-01";
    static final Instant MADE = Instant.parse("2026-11-02T08:00:00Z");
    private static final Path FOLDER = Path.of("target", "audited").toAbsolutePath();

    private static @Nullable PublishedFolder shared;

    final PublicFolder files = new PublicFolder(FOLDER);
    final PrivateFolder keys = PrivateFolder.beside(FOLDER);
    final X509Certificate root;
    private final Map<Path, Optional<byte[]>> originals = new HashMap<>();
    private final Map<Path, Signer> opened = new HashMap<>();

    private PublishedFolder() {
        this.root = Certificates.fromPem(read(files.rootCertificate())).orElseThrow();
    }

    /** The one folder of this JVM, as it was published. */
    static synchronized PublishedFolder shared() {
        PublishedFolder known = shared;
        if (known == null) {
            make();
            known = new PublishedFolder();
            shared = known;
        }
        known.restore();
        return known;
    }

    private static void make() {
        Path plan = FOLDER.resolveSibling("hop.yaml");
        try (InputStream hop = Objects.requireNonNull(PublishedFolder.class.getResourceAsStream("hop.yaml"))) {
            Files.createDirectories(plan.getParent());
            Files.write(plan, hop.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Demo(
                        new DemoOrder(FOLDER, true, 7, Optional.of(plan), "test"),
                        InstantSource.fixed(MADE),
                        System::nanoTime,
                        new SecureRandom(),
                        Progress.silent())
                .run();
    }

    AuditReport audit() {
        return audit(root, Optional.empty());
    }

    AuditReport audit(X509Certificate anchor, Optional<byte[]> knownCheckpoint) {
        return FolderAudit.audit(new AuditOrder(FOLDER, anchor, knownCheckpoint, MADE.plus(Duration.ofDays(1))));
    }

    /** Serial of the unit that a line built. */
    String serial(String line) {
        return list("airframes/").stream()
                .map(path -> path.split("/", -1)[1])
                .filter(serial -> serial.contains(line.replace("-", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Paths that begin so, ascending. */
    List<String> list(String prefix) {
        return FolderFiles.list(FOLDER).stream()
                .filter(path -> path.startsWith(prefix))
                .toList();
    }

    Path file(String path) {
        return FOLDER.resolve(path);
    }

    String path(Path file) {
        return FOLDER.relativize(file).toString();
    }

    byte[] bytes(String path) {
        return read(file(path));
    }

    byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payload of a signed document in the folder. */
    <M> M payload(Path file, Parser<M> parser) {
        try {
            return parser.parseFrom(DocumentFiles.readEnvelope(file).getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    TrustedBundle bundle() {
        var opened = TrustedBundle.open(root, DocumentFiles.readEnvelope(files.trustBundle()), OptionalLong.empty());
        return ((DocumentResult.Verified<TrustedBundle>) opened).document();
    }

    /** A key of the private folder, which only its owner would have; decrypted once. */
    Signer key(Path file) {
        return opened.computeIfAbsent(file, BenchKeys.of(keys, new SecureRandom())::read);
    }

    /** What two of the licensor's three keys sign. */
    Envelope licensed(License license) {
        Envelope proposal =
                DsseSigner.sign(PayloadType.LICENSE, license.toByteArray(), key(keys.licensorKey("license-1")));
        return DsseSigner.add(proposal, key(keys.licensorKey("license-2")));
    }

    void write(Path file, Message content) {
        write(file, content.toByteArray());
    }

    void write(Path file, byte[] content) {
        remember(file);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String path, byte[] content) {
        write(file(path), content);
    }

    void remove(String path) {
        remember(file(path));
        try {
            Files.delete(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flip(String path, int position, int bit) {
        byte[] content = bytes(path);
        content[position] ^= (byte) (1 << bit);
        write(path, content);
    }

    private void remember(Path file) {
        originals.computeIfAbsent(file, absent -> Files.exists(file) ? Optional.of(read(file)) : Optional.empty());
    }

    /** Undoes everything since the folder was made. */
    void restore() {
        originals.forEach((file, content) -> {
            try {
                if (content.isPresent()) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, content.get());
                } else {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        originals.clear();
    }
}
