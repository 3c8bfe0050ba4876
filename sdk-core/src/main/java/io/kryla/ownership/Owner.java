package io.kryla.ownership;

import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;

/**
 * A party that takes over an airframe: an export centre, an end user.
 *
 * @param id an organisation's id, never a person's name
 * @param key signs what the owner receives and gives on
 * @param operationsCaKeySha256 SHA-256 of the SubjectPublicKeyInfo of the owner's operations CA: the airframe accepts
 *     ground certificates under it and no other's; a party that flies nothing names its own key
 */
public record Owner(String id, VerificationKey key, Digest operationsCaKeySha256) {
    public static final int MAX_ID_CHARACTERS = 64;

    public Owner {
        if (id.isBlank() || id.length() > MAX_ID_CHARACTERS) {
            throw new IllegalArgumentException("id: 1 to " + MAX_ID_CHARACTERS + " characters expected, got: " + id);
        }
    }

    /** A party without ground stations of its own. */
    public static Owner withoutOperations(String id, VerificationKey key) {
        return new Owner(id, key, key.spkiSha256());
    }
}
