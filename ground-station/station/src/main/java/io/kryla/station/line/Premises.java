package io.kryla.station.line;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.witness.Witness;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.keys.PinFile;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The two folders of a bench world, its keys, and the time and chance that everything in it runs on. */
public record Premises(
        PublicFolder publicFolder,
        PrivateFolder privateFolder,
        BenchKeys keys,
        InstantSource clock,
        SecureRandom random) {

    public static Premises of(
            PublicFolder publicFolder, PrivateFolder privateFolder, InstantSource clock, SecureRandom random) {
        return new Premises(publicFolder, privateFolder, BenchKeys.of(privateFolder, random), clock, random);
    }

    /**
     * The premises of a line whose folder and private folder lie side by side.
     *
     * @throws CommandFailure NOT_A_LINE
     */
    public static Premises open(Path folder, InstantSource clock, SecureRandom random) {
        return open(folder, Optional.empty(), clock, random);
    }

    /**
     * The same, some of its keys in a token.
     *
     * @param pinFile with the token's PIN
     * @throws CommandFailure NOT_A_LINE, or what is wrong with the PIN's file
     */
    public static Premises open(Path folder, Optional<Path> pinFile, InstantSource clock, SecureRandom random) {
        PublicFolder publicFolder = new PublicFolder(folder.toAbsolutePath().normalize());
        PrivateFolder privateFolder = PrivateFolder.beside(folder);
        if (!Files.exists(publicFolder.trustBundle()) || !Files.exists(privateFolder.passphrase())) {
            throw CommandFailure.usage(
                    "NOT_A_LINE",
                    "no trust bundle there, or no private folder beside it",
                    folder.toString(),
                    "name the folder of a line, or make a demo's with: kryla demo --dir " + folder);
        }
        BenchKeys keys = BenchKeys.of(privateFolder, pinFile.map(PinFile::read), random);
        return new Premises(publicFolder, privateFolder, keys, clock, random);
    }

    public X509Certificate root() {
        return DocumentFiles.readCertificate(publicFolder.rootCertificate());
    }

    public TrustedBundle bundle() {
        return verified(
                TrustedBundle.open(
                        root(), DocumentFiles.readEnvelope(publicFolder.trustBundle()), OptionalLong.empty()),
                publicFolder.trustBundle());
    }

    /** The line that an operator means who names none: the first, by name, whose keys lie here. */
    public String ownLine() {
        TrustedBundle bundle = bundle();
        return bundle.ledgers().stream()
                .map(LedgerIdentity::line)
                .filter(line -> Files.isDirectory(privateFolder.line(line).folder()))
                .sorted()
                .findFirst()
                .orElseGet(() -> LineManifest.firstLine(bundle));
    }

    /** The witness of this world; one process at a time. */
    public Witness openWitness() {
        return Witness.open(privateFolder.witness(), bundle(), keys.read(privateFolder.licensorKey("witness")), clock);
    }

    /** The newest list of every issuer. */
    public List<X509CRL> crls() {
        try (Stream<Path> files = Files.list(publicFolder.crls())) {
            return files.sorted()
                    .map(file -> Certificates.crlFromDer(DocumentFiles.read(file))
                            .orElseThrow(() -> CommandFailure.usage(
                                    "FILE_MALFORMED",
                                    "not a revocation list",
                                    file.toString(),
                                    "restore it from a copy")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document of a result that must hold: the folder is the line's own. */
    static <T> T verified(DocumentResult<T> result, Path file) {
        if (result instanceof DocumentResult.Rejected<T> rejected) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    rejected.code().name(),
                    rejected.reason(),
                    file.toString(),
                    "restore the file from a copy");
        }
        return ((DocumentResult.Verified<T>) result).document();
    }
}
