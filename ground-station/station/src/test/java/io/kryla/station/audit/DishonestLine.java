package io.kryla.station.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kryla.factory.manifest.FileManifests;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.OperationsCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Signer;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.tlog.Cosigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import io.kryla.v1.FileManifest;
import io.kryla.v1.FileRole;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line that uses all of its own keys to cover up: ledger, station, line CA, operations CA. It has no key of the
 * licensor, of the witness or of anybody else.
 */
final class DishonestLine {
    final String line;
    final PublishedFolder folder;
    private final PrivateFolder.LineFiles files;
    private final SecureRandom random = new SecureRandom();

    DishonestLine(PublishedFolder folder, String line) {
        this.line = line;
        this.folder = folder;
        this.files = folder.keys.line(line);
    }

    TlsIdentity station() {
        return new TlsIdentity(folder.key(files.key("station")), DocumentFiles.readChain(files.chain("station")));
    }

    LineCa lineCa() {
        var chain = DocumentFiles.readChain(files.chain("line-ca"));
        return LineCa.open(chain, PartyName.ofSubject(chain.leaf()), folder.key(files.key("line-ca")), random);
    }

    /** The line's own operations CA, made to certify for whatever party is named. */
    OperationsCa operationsCaNaming(PartyName party) {
        return OperationsCa.open(
                DocumentFiles.readChain(files.chain("operations-ca")),
                party,
                folder.key(files.key("operations-ca")),
                random);
    }

    RemadeLedger ledger() {
        return new RemadeLedger(folder, line, folder.key(files.key("ledger")));
    }

    /** What the line's station puts its name to. */
    Envelope signed(String payloadType, Message content) {
        return CertifiedEnvelope.sign(payloadType, content.toByteArray(), station());
    }

    /** Writes a ledger that the witness cosigned as it is, and a manifest that fits everything. */
    SignedCheckpoint collude(RemadeLedger ledger, Instant at) {
        SignedCheckpoint cosigned = ledger.writeCosigned(colludingWitness(), at);
        remakeManifest(ledger.paths());
        return cosigned;
    }

    /** Only for an attack in which the witness colludes. */
    Cosigner colludingWitness() {
        Signer key = folder.key(folder.keys.licensorKey("witness"));
        return Cosigner.of("kryla.example/witness", key);
    }

    /** Lists the files as they are now, in the roles that they had; new ones as vouched. */
    void remakeManifest(String... newPaths) {
        remakeManifest(station(), newPaths);
    }

    void remakeManifest(TlsIdentity signer, String... newPaths) {
        FileManifest old = manifest();
        SortedMap<String, FileRole> listed = new TreeMap<>();
        old.getFilesList().forEach(file -> listed.put(file.getPath(), file.getRole()));
        for (String path : newPaths) {
            listed.put(path, FileRole.FILE_ROLE_VOUCHED);
        }
        listed.keySet().removeIf(path -> !Files.exists(folder.file(path)));
        write(listed, signer, Instant.ofEpochSecond(old.getSignedAtUnixSeconds()));
    }

    void write(SortedMap<String, FileRole> listed, TlsIdentity signer, Instant signedAt) {
        Envelope manifest = FileManifests.write(folder.files.root(), line, listed, signer, signedAt);
        folder.write(folder.files.manifest(line), manifest.toByteArray());
    }

    FileManifest manifest() {
        try {
            return FileManifest.parseFrom(
                    DocumentFiles.readEnvelope(folder.files.manifest(line)).getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
