package io.kryla.identity;

import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.nio.file.Path;
import java.util.Optional;

/** What one side of a TLS connection is known by: a key that never leaves its signer, and its certificates. */
public record TlsIdentity(Signer key, CertificateChain chain) {
    public TlsIdentity {
        Optional<VerificationKey> certified =
                VerificationKey.fromSpki(chain.leaf().getPublicKey().getEncoded());
        if (!certified.equals(Optional.of(key.key()))) {
            throw new IllegalArgumentException("chain: a leaf certificate over key " + key.key() + " expected");
        }
    }

    /**
     * Reads both from files, for keys that lie in no token.
     *
     * @param keyFile as {@link EncryptedKeyFile} writes it
     * @param chainPem the certificate of the key first, the root last
     * @throws KrylaException KEY_FILE_IO, KEY_FILE_LOCKED, FILE_MISSING, FILE_UNREADABLE, FILE_MALFORMED, WRONG_KEY
     */
    public static TlsIdentity read(Path keyFile, char[] passphrase, Path chainPem) {
        CertificateChain chain = CertificateFiles.readChain(chainPem);
        Signer key = EncryptedKeyFile.read(keyFile, passphrase);
        Optional<VerificationKey> certified =
                VerificationKey.fromSpki(chain.leaf().getPublicKey().getEncoded());
        if (!certified.equals(Optional.of(key.key()))) {
            throw new KrylaException(
                    "WRONG_KEY",
                    "the first certificate of " + chainPem + " is not over the key in " + keyFile
                            + "; give the two files that belong together",
                    false);
        }
        return new TlsIdentity(key, chain);
    }
}
