package io.kryla.tlog;

import io.kryla.keys.Signer;
import java.nio.charset.StandardCharsets;

/** Signs note texts with a named Ed25519 key (C2SP signed-note, type 0x01). */
public final class NoteSigner {
    private final NoteKey noteKey;
    private final Signer signer;

    private NoteSigner(String name, Signer signer) {
        this.noteKey = new NoteKey(name, NoteKey.TYPE_ED25519, signer.key());
        this.signer = signer;
    }

    /** Signs under this name with an Ed25519 key. */
    public static NoteSigner of(String name, Signer ed25519) {
        return new NoteSigner(name, ed25519);
    }

    public String name() {
        return noteKey.name();
    }

    /** Signs the text of a note, its final newline included. */
    public NoteSignature sign(String text) {
        return new NoteSignature(noteKey.name(), noteKey.keyId(), signer.sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    public NoteVerifier verifier() {
        return NoteVerifier.of(noteKey.name(), noteKey.key());
    }
}
