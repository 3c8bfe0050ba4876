package io.kryla.tlog;

import io.kryla.keys.Signature;
import io.kryla.keys.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Verifies notes against one known name and Ed25519 key (C2SP signed-note, type 0x01). */
public final class NoteVerifier {
    private final NoteKey noteKey;

    private NoteVerifier(NoteKey noteKey) {
        this.noteKey = noteKey;
    }

    /** Of the signer with this name and Ed25519 key. */
    public static NoteVerifier of(String name, VerificationKey ed25519) {
        return new NoteVerifier(new NoteKey(name, NoteKey.TYPE_ED25519, ed25519));
    }

    /** Reads an untrusted verifier key (name+id+base64); empty unless its id is the one of its name and key. */
    public static Optional<NoteVerifier> fromVkey(String untrusted) {
        return VkeyText.parse(untrusted, NoteKey.TYPE_ED25519).map(NoteVerifier::new);
    }

    public String vkey() {
        return noteKey.vkey();
    }

    /**
     * True only if this key signed the note's text. A line that names this key and does not verify spoils the note;
     * lines of other keys are ignored.
     */
    public boolean verify(Note note) {
        List<NoteSignature> own =
                note.signatures().stream().filter(noteKey::made).collect(Collectors.toList());
        return !own.isEmpty() && own.stream().allMatch(line -> verify(note.text(), line.signature()));
    }

    /** True only if the bare signature is this key's over the text. */
    public boolean verify(String text, Signature signature) {
        return noteKey.key().verify(text.getBytes(StandardCharsets.UTF_8), signature);
    }

    /** The line that a bare signature of this key stands for. */
    public NoteSignature line(Signature signature) {
        return new NoteSignature(noteKey.name(), noteKey.keyId(), signature);
    }
}
