package io.kryla.factory.audit;

import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.tlog.Note;
import io.kryla.tlog.NoteSignature;
import java.util.List;

/**
 * The signature lines of a checkpoint. A verifier passes over lines of keys that it does not know (C2SP signed-note); an
 * audit does not, since such a line could be changed or put in unseen.
 */
final class NoteLines {
    private NoteLines() {}

    /** Whether every line is the ledger's or that of a witness in the bundle, verifies, and is there once. */
    static boolean allVerify(Note note, LedgerIdentity ledger, TrustedBundle bundle) {
        List<NoteSignature> lines = note.signatures();
        return lines.stream().distinct().count() == lines.size()
                && lines.stream().allMatch(line -> verifies(new Note(note.text(), List.of(line)), ledger, bundle));
    }

    private static boolean verifies(Note single, LedgerIdentity ledger, TrustedBundle bundle) {
        return ledger.verifier().verify(single)
                || bundle.witnesses().stream()
                        .anyMatch(witness -> witness.cosignedAt(single).isPresent());
    }
}
