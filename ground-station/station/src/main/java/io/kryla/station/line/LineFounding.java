package io.kryla.station.line;

import io.kryla.factory.licensor.VerifiedLineRequest;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.token.TokenAddress;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.station.folder.BenchKeys;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.v1.Envelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** The first step of a new line: its keys, made where they will be used, and the request that the licensor answers. */
public final class LineFounding {
    private final PrivateFolder folder;
    private final Optional<TokenAddress> token;
    private final BenchKeys keys;

    private LineFounding(PrivateFolder folder, Optional<TokenAddress> token, BenchKeys keys) {
        this.folder = folder;
        this.token = token;
        this.keys = keys;
    }

    /**
     * Makes the keys of a line's CAs, station, ground and ledger, and the request. Cut off and called again it goes on with
     * the keys that are there.
     *
     * @param publicFolder its private folder lies beside it
     * @param token for all but the ledger's key, which is Ed25519; files under the folder's passphrase without one
     * @param tokenPin the token's
     * @throws CommandFailure LINE_EXISTS: the licensor's answer was installed already
     */
    public static Envelope found(
            PublicFolder publicFolder,
            PartyName line,
            String ledgerOrigin,
            Optional<TokenAddress> token,
            Optional<char[]> tokenPin,
            SecureRandom random) {
        if (Files.exists(publicFolder.trustBundle())) {
            throw CommandFailure.usage(
                    "LINE_EXISTS",
                    "a line is installed there",
                    publicFolder.root().toString(),
                    "choose another --dir; what the licensor sends goes in with: kryla line install");
        }
        PrivateFolder folder = PrivateFolder.beside(publicFolder.root());
        folder.create();
        LineFounding founding = new LineFounding(folder, token, BenchKeys.of(folder, tokenPin, random));
        String name = line.unit().orElseThrow();
        Signer lineCa = founding.key(name, "line-ca", SignatureAlgorithm.ECDSA_P384_SHA384);
        Signer operations = founding.key(name, "operations-ca", SignatureAlgorithm.ECDSA_P384_SHA384);
        founding.key(name, "station", SignatureAlgorithm.ECDSA_P256_SHA256);
        founding.key(name, "ground", SignatureAlgorithm.ECDSA_P256_SHA256);
        Signer ledger = founding.key(name, "ledger", SignatureAlgorithm.ED25519);
        return VerifiedLineRequest.make(line, ledgerOrigin, lineCa, operations, ledger);
    }

    private Signer key(String line, String role, SignatureAlgorithm algorithm) {
        Path file = folder.line(line).key(role);
        if (BenchKeys.exists(file)) {
            return keys.read(file);
        }
        return token.isPresent() && algorithm != SignatureAlgorithm.ED25519
                ? keys.makeIn(token.get(), line + "." + role, file, algorithm)
                : keys.make(file, algorithm);
    }
}
