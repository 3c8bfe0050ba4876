package io.kryla.tlog;

import java.util.List;
import java.util.Optional;

/** A checkpoint in its note, with signatures that are verified by whoever knows the keys. */
public record SignedCheckpoint(Checkpoint checkpoint, Note note) {
    public SignedCheckpoint {
        if (!note.text().equals(checkpoint.body())) {
            throw new IllegalArgumentException("note: text of checkpoint " + checkpoint + " expected");
        }
    }

    /** Signs with the log's key. */
    public static SignedCheckpoint sign(Checkpoint checkpoint, NoteSigner log) {
        return of(checkpoint, log.sign(checkpoint.body()));
    }

    /** Builds the note again from a checkpoint and one signature line. */
    public static SignedCheckpoint of(Checkpoint checkpoint, NoteSignature signature) {
        return new SignedCheckpoint(checkpoint, new Note(checkpoint.body(), List.of(signature)));
    }

    /** Reads an untrusted note; empty unless its text is a checkpoint. */
    public static Optional<SignedCheckpoint> parse(byte[] untrusted) {
        return Note.parse(untrusted)
                .flatMap(note -> Checkpoint.parse(note.text()).map(found -> new SignedCheckpoint(found, note)));
    }

    /** The same checkpoint with one more line, such as a cosignature. */
    public SignedCheckpoint with(NoteSignature signature) {
        return new SignedCheckpoint(checkpoint, note.with(signature));
    }

    public byte[] bytes() {
        return note.bytes();
    }
}
