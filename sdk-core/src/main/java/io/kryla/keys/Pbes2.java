package io.kryla.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * PBES2 (RFC 8018 §6.2) in its one shape here: PBKDF2 with HMAC-SHA-512, AES-256-CBC, PEM. The iteration count of a file
 * is bounded on reading, so that a planted file cannot keep the process busy.
 */
final class Pbes2 {
    /** For what people remember: OWASP's recommendation of 2023 for PBKDF2-HMAC-SHA512. */
    static final int ITERATIONS_FOR_PASSPHRASES = 210_000;

    /** For secrets out of a random generator, which nobody can guess however fast: RFC 8018 §4.2's minimum. */
    static final int ITERATIONS_FOR_RANDOM_SECRETS = 1_000;

    private static final int MOST_ITERATIONS = 2_000_000;
    private static final int SALT_LENGTH = 16;
    private static final int IV_LENGTH = 16;
    private static final int KEY_BITS = 256;
    private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
    private static final String END = "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    private static final AlgorithmIdentifier HMAC_SHA512 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA512, DERNull.INSTANCE);

    private Pbes2() {}

    static String encrypt(byte[] secret, char[] passphrase, int iterations) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT_LENGTH];
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(salt);
        random.nextBytes(iv);
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, iterations, iv)
                    .doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every supported Java platform has PBKDF2 and AES", e);
        }
        PBES2Parameters parameters = new PBES2Parameters(
                new KeyDerivationFunc(
                        PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, iterations, KEY_BITS / 8, HMAC_SHA512)),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        byte[] der = new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), sealed)
                .getEncoded("DER");
        return BEGIN + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + END;
    }

    static byte[] decrypt(String pem, char[] passphrase, String file) {
        try {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der(pem));
            require(info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2));
            PBES2Parameters parameters =
                    PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
            require(parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2));
            require(parameters.getEncryptionScheme().getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_CBC));
            PBKDF2Params pbkdf2 =
                    PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
            require(pbkdf2.getPrf().equals(HMAC_SHA512));
            int iterations = pbkdf2.getIterationCount().intValueExact();
            require(iterations > 0 && iterations <= MOST_ITERATIONS && pbkdf2.getSalt().length >= 8);
            byte[] iv = ASN1OctetString.getInstance(
                            parameters.getEncryptionScheme().getParameters())
                    .getOctets();
            require(iv.length == IV_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, passphrase, pbkdf2.getSalt(), iterations, iv)
                    .doFinal(info.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw EncryptedKeyFile.locked(file);
        } catch (RuntimeException e) {
            // Bouncy Castle and Base64 report malformed content by various unchecked exceptions
            throw new KrylaException(
                    "KEY_FILE_MALFORMED",
                    "key file " + file + " is not PEM of PKCS#8 PBES2 with AES-256; restore it from a backup",
                    false,
                    e);
        }
    }

    private static byte[] der(String pem) {
        require(pem.startsWith(BEGIN) && pem.endsWith(END));
        return Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("unexpected shape");
        }
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] salt, int iterations, byte[] iv)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, KEY_BITS);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
