package io.kryla.factory.manifest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.TlsIdentity;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import io.kryla.v1.ManifestFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;

/** {@code manifest-<line>.dsse}: a line's list of its own files, signed by its station (protocol.md §12.4). */
public final class FileManifests {
    /** A manifest lists at most so many files. */
    public static final int MOST_FILES = 8_192;

    private FileManifests() {}

    /** What became of an untrusted manifest. */
    public sealed interface Result {
        /** @param stationOrganisation subject O of the station's certificate */
        record Verified(FileManifest manifest, String stationId, String stationOrganisation) implements Result {}

        record Rejected(String code, String reason) implements Result {}
    }

    /**
     * Hashes the files and signs the list.
     *
     * @param files paths relative to the folder, {@code /} as separator
     */
    public static Envelope write(
            Path folder, String line, SortedMap<String, FileRole> files, TlsIdentity station, Instant signedAt) {
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException("files: at most " + MOST_FILES + " expected, got " + files.size());
        }
        FileManifest.Builder manifest =
                FileManifest.newBuilder().setLine(line).setSignedAtUnixSeconds(signedAt.getEpochSecond());
        files.forEach((path, role) -> {
            if (!FolderFiles.isPlain(path)) {
                throw new IllegalArgumentException("files: a plain relative path expected, got " + path);
            }
            FolderFiles.Hashed hashed = FolderFiles.hash(folder, path);
            manifest.addFiles(ManifestFile.newBuilder()
                    .setPath(path)
                    .setSha256(ByteString.copyFrom(hashed.sha256().bytes()))
                    .setSizeBytes(hashed.sizeBytes())
                    .setRole(role));
        });
        return CertifiedEnvelope.sign(
                PayloadType.FILE_MANIFEST, manifest.build().toByteArray(), station);
    }

    /**
     * Verifies who signed an untrusted manifest; whether the folder is as it says is {@link FolderCheck}'s to say.
     *
     * @param stations verifies certificates of role STATION
     * @param at when the station's certificate has to have been valid
     */
    public static Result verify(Envelope untrusted, String line, CertifiedEnvelopeVerifier stations, Instant at) {
        CertifiedResult result = stations.verify(untrusted, PayloadType.FILE_MANIFEST, at);
        if (result instanceof CertifiedResult.Rejected rejected) {
            return new Result.Rejected(rejected.code(), rejected.reason());
        }
        CertifiedResult.Verified verified = (CertifiedResult.Verified) result;
        try {
            FileManifest manifest = FileManifest.parseFrom(verified.payload());
            if (!manifest.getLine().equals(line) || manifest.getFilesCount() > MOST_FILES) {
                return new Result.Rejected(
                        FileFinding.Code.MANIFEST_MALFORMED.name(), "a manifest of line " + line + " expected");
            }
            return new Result.Verified(
                    manifest, verified.holder().id(), verified.holder().organisation());
        } catch (InvalidProtocolBufferException e) {
            return new Result.Rejected(FileFinding.Code.MANIFEST_MALFORMED.name(), "not a FileManifest");
        }
    }
}
