package io.kryla.factory.ledger;

import io.kryla.keys.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The port behind which a database stands: SQLite for one process, PostgreSQL for as many as a line runs.
 *
 * <p>Called by one thread of this process at a time. Trouble of the database is a {@link LedgerException}.
 */
interface LedgerStore extends AutoCloseable {
    /** What is read belongs to one moment. */
    <T> T read(Function<View, T> work);

    /**
     * One writer at a time, over all processes; durable when it returns. Whatever throws in it leaves nothing behind, unless the
     * exception says that the outcome is unknown.
     */
    <T> T write(Function<Transaction, T> work);

    /** Whether other processes may write between two calls. */
    boolean isShared();

    /** Names the database in messages; without secrets. */
    String name();

    @Override
    void close();

    /** Tells who the ledger belongs to. */
    record Owner(String origin, String line) {}

    /** A stored leaf; hash and bytes are what the database holds, and may disagree. */
    record StoredLeaf(long index, byte[] bytes, byte[] leafHash) {}

    /** What can be read. */
    interface View {
        Optional<Owner> owner();

        /** Grows with every license, authorisation, leaf and checkpoint that is added. */
        long changes();

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

        /** Ascending, from an index on. */
        List<StoredLeaf> leaves(long from);

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
