package io.kryla.factory.token;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.security.auth.login.LoginException;

/**
 * One PKCS#11 token, logged in to, whose P-256 and P-384 keys sign through {@link Signer}.
 *
 * <p>Keys are made inside it and marked sensitive and not extractable: no method gives one out, and none can be put in. A key has a
 * name: its id in the token, and the label of a certificate beside it that holds the public part. Safe for
 * any thread. A token of another kind of key (Ed25519) does not exist for SunPKCS11 of JDK 17.
 */
public final class Pkcs11Token implements AutoCloseable {
    private static final int LONGEST_NAME = 64;

    private final TokenAddress address;
    private final Provider provider;
    private final KeyStore keys;

    private Pkcs11Token(TokenAddress address, Provider provider, KeyStore keys) {
        this.address = address;
        this.provider = provider;
        this.keys = keys;
    }

    /**
     * Logs in, once.
     *
     * @param pin the user's, wiped by the caller
     * @throws TokenException TOKEN_UNREACHABLE, TOKEN_PIN_WRONG, TOKEN_PIN_LOCKED
     */
    public static Pkcs11Token open(TokenAddress address, char[] pin) {
        Provider provider = provider(address);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, pin);
            return new Pkcs11Token(address, provider, keys);
        } catch (GeneralSecurityException | IOException | ProviderException e) {
            throw TokenFault.ofLogin(address, e);
        }
    }

    private static Provider provider(TokenAddress address) {
        String configuration = String.join(
                "\n",
                "--name = kryla-" + Long.toUnsignedString(address.slotId()),
                "library = " + address.modulePath(),
                "slot = " + Long.toUnsignedString(address.slotId()),
                "attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {",
                "  CKA_TOKEN = true",
                "  CKA_PRIVATE = true",
                "  CKA_SENSITIVE = true",
                "  CKA_EXTRACTABLE = false",
                "  CKA_SIGN = true",
                "  CKA_DECRYPT = false",
                "  CKA_UNWRAP = false",
                "  CKA_DERIVE = false",
                "}",
                "");
        try {
            return Security.getProvider("SunPKCS11").configure(configuration);
        } catch (InvalidParameterException | ProviderException e) {
            throw TokenFault.unreachable(address, TokenFault.reasonOf(e), e);
        }
    }

    /**
     * Makes a key in the token.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens
     * @throws TokenException KEY_EXISTS, KEY_KIND, TOKEN_FAILED
     */
    public Signer make(String name, SignatureAlgorithm algorithm) {
        requireName(name);
        if (algorithm == SignatureAlgorithm.ED25519) {
            throw new TokenException(
                    TokenException.KEY_KIND,
                    address + ": key " + name
                            + " would be Ed25519, tokens hold P-256 and P-384; keep it in an encrypted" + " file",
                    false);
        }
        synchronized (keys) {
            if (find(name).isPresent()) {
                throw new TokenException(
                        TokenException.KEY_EXISTS,
                        address + ": key " + name + " is there already; a key is never replaced, choose another name",
                        false);
            }
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                generator.initialize(new ECGenParameterSpec(curve(algorithm)));
                KeyPair pair = generator.generateKeyPair();
                TokenSigner signer = signer(name, pair.getPrivate(), VerificationKey.of(pair.getPublic()));
                keys.setKeyEntry(name, pair.getPrivate(), null, new Certificate[] {KeyLabel.certificate(name, signer)});
                return signer;
            } catch (GeneralSecurityException | ProviderException e) {
                throw TokenFault.failed(address, "did not make key " + name, e);
            }
        }
    }

    /** @throws TokenException KEY_MISSING, KEY_KIND, TOKEN_FAILED */
    public Signer key(String name) {
        return find(name)
                .orElseThrow(() -> new TokenException(
                        TokenException.KEY_MISSING,
                        address + ": no key " + name + ", its keys are " + names() + "; plug in the right token",
                        false));
    }

    /** @throws TokenException KEY_KIND (the key of this name is neither P-256 nor P-384), TOKEN_FAILED */
    public Optional<Signer> find(String name) {
        try {
            synchronized (keys) {
                if (!keys.isKeyEntry(name)) {
                    return Optional.empty();
                }
                PrivateKey handle = (PrivateKey) keys.getKey(name, null);
                byte[] spki = keys.getCertificate(name).getPublicKey().getEncoded();
                VerificationKey key = VerificationKey.fromSpki(spki)
                        .orElseThrow(() -> new TokenException(
                                TokenException.KEY_KIND,
                                address + ": key " + name + " is neither P-256 nor P-384; choose another",
                                false));
                return Optional.of(signer(name, handle, key));
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw TokenFault.failed(address, "did not show key " + name, e);
        }
    }

    /** The names of its keys. */
    public SortedSet<String> names() {
        try {
            synchronized (keys) {
                return new TreeSet<>(Collections.list(keys.aliases()));
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw TokenFault.failed(address, "did not list its keys", e);
        }
    }

    public TokenAddress address() {
        return address;
    }

    /** Logs out: no key of it signs any more, for anyone in this process. */
    @Override
    public void close() {
        try {
            ((AuthProvider) provider).logout();
        } catch (LoginException | ProviderException e) {
            throw TokenFault.failed(address, "did not log out", e);
        }
    }

    private TokenSigner signer(String name, PrivateKey handle, VerificationKey key) {
        return new TokenSigner(address, name, provider, handle, key);
    }

    private static String curve(SignatureAlgorithm algorithm) {
        return algorithm == SignatureAlgorithm.ECDSA_P256_SHA256 ? "secp256r1" : "secp384r1";
    }

    private static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9.-]{1," + LONGEST_NAME + "}")) {
            throw new IllegalArgumentException("name: 1 to 64 letters, digits, dots, hyphens expected, got " + name);
        }
    }
}
