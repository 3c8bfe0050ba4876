package io.kryla.station.licensor;

import io.kryla.factory.token.TokenAddress;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.station.folder.BenchKeys;
import java.nio.file.Path;
import java.util.Optional;

/** Where the keys of root and design CA are made: in a token, or in files under a PIN. */
public record LicensorKeys(BenchKeys keys, Optional<TokenAddress> token) {

    /** Makes a P-384 key, or takes the one that a cut-off founding left. */
    Signer make(String role, Path file) {
        if (BenchKeys.exists(file)) {
            return keys.read(file);
        }
        return token.isPresent()
                ? keys.makeIn(token.get(), "licensor-" + role, file, SignatureAlgorithm.ECDSA_P384_SHA384)
                : keys.make(file, SignatureAlgorithm.ECDSA_P384_SHA384);
    }
}
