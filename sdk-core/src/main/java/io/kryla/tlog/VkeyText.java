package io.kryla.tlog;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.util.Arrays;
import java.util.Optional;

/** Reads C2SP verifier keys: {@code <name>+<hex key id>+<base64(type ‖ key)>}. */
final class VkeyText {
    private static final int LONGEST = 512;

    private VkeyText() {}

    static Optional<NoteKey> parse(String untrusted, byte type) {
        String[] parts = untrusted.split("\\+", 3);
        if (untrusted.length() > LONGEST || parts.length != 3 || !NoteKey.isName(parts[0])) {
            return Optional.empty();
        }
        return Text.base64(parts[2])
                .filter(typed -> typed.length > 1 && typed[0] == type)
                .flatMap(typed ->
                        VerificationKey.fromRaw(SignatureAlgorithm.ED25519, Arrays.copyOfRange(typed, 1, typed.length)))
                .map(key -> new NoteKey(parts[0], type, key))
                .filter(noteKey -> noteKey.vkey().equals(untrusted));
    }
}
