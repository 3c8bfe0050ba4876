package io.kryla.factory.ledger;

import io.kryla.keys.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The port behind which a database stands: SQLite here, another where one machine is too small.
 *
 * <p>A write is serialisable and durable when it returns; whatever throws in it leaves nothing behind. Trouble of the
 * database is a {@link LedgerException}. Called by one thread at a time.
 */
interface LedgerStore extends AutoCloseable {
    <T> T read(Function<View, T> work);

    <T> T write(Function<Transaction, T> work);

    @Override
    void close();

    /** Tells who the ledger belongs to. */
    record Owner(String origin, String line) {}

    /** A stored leaf; hash and bytes are what the database holds, and may disagree. */
    record StoredLeaf(long index, byte[] bytes, byte[] leafHash) {}

    /** What can be read. */
    interface View {
        Optional<Owner> owner();

        /** Envelopes in the order of their admission. */
        List<byte[]> licenses();

        List<byte[]> exportAuthorisations();

        Optional<Unit> unit(String serial);

        Optional<Unit> unitOfKey(Digest idevidKeySha256);

        /** The unit that holds the hardware id and is not voided. */
        Optional<Unit> unitOfHardware(Digest hardwareIdSha256);

        List<Unit> units();

        List<JournalEntry> journal(String serial);

        Optional<byte[]> document(String serial, String name);

        SortedSet<String> documentNames(String serial);

        List<StoredLeaf> leaves();

        /** The newest cosigned checkpoint, as a note. */
        Optional<byte[]> newestCheckpoint();
    }

    /** What can be written beside. */
    interface Transaction extends View {
        void setOwner(Owner owner);

        /** Stores the envelope and sets the quota of its policy to the revision's. */
        void addLicense(String policyOid, long revision, long quota, byte[] envelope, Instant at);

        void addExportAuthorisation(Digest payloadSha256, byte[] envelope);

        /** Takes one unit of the quota, if there is one left. */
        boolean takeQuota(String policyOid);

        void freeQuota(String policyOid);

        /** The next counter of the prefix, from 1, never given before. */
        long nextSerialNumber(String prefix);

        void addUnit(Unit unit);

        void setState(String serial, UnitState state);

        void addJournal(String serial, Instant at, String actorId, String step, String detail);

        void putDocuments(String serial, Map<String, byte[]> documents);

        void addLeaf(long index, String serial, byte[] bytes, Digest leafHash);

        void addCheckpoint(long size, byte[] note);
    }
}
