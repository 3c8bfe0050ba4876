package io.kryla.factory.ledger;

import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LedgerLeaf;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * A line's ledger and register of units: quota, serials, states, journal, documents, and the transparency log over its
 * leaves (protocol.md §9).
 *
 * <p>Whatever a method returned as done is durable and whole; whatever it refused or threw left nothing behind. Safe for
 * any thread. One process at a time: opening a ledger that is open elsewhere throws {@code LEDGER_BUSY}.
 */
public final class LineLedger implements AutoCloseable {
    private LineLedger() {}

    /** Verifies a license (signatures, threshold, revision chain, line, dates) and makes it the one to claim under. */
    public AdmitResult admitLicense(Envelope license) {
        throw new UnsupportedOperationException();
    }

    /** Verifies an export authorisation that transfers may cite from now on. */
    public AdmitResult admitExportAuthorisation(Envelope authorisation) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reserves a unit of the quota and a serial for a key. The same key with the same hardware id gets the same unit
     * again, also after the license expired or the quota was spent.
     *
     * @return granted, or QUOTA_EXHAUSTED, LICENSE_MISSING, LICENSE_EXPIRED, CLONE_SUSPECTED (the hardware id is another
     *     key's, or the key another hardware id's), BAD_STATE (voided)
     */
    public ClaimResult claim(Digest idevidKeySha256, Digest hardwareIdSha256, String actorId) {
        throw new UnsupportedOperationException();
    }

    public Optional<Unit> unit(String serial) {
        throw new UnsupportedOperationException();
    }

    public Optional<Unit> unitOfKey(Digest idevidKeySha256) {
        throw new UnsupportedOperationException();
    }

    /** All units, voided ones too, in the order of their claims. */
    public List<Unit> units() {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a line-local step (CLAIMED → CERTIFIED → INSTALLED) and stores its documents with it. Taken already, it is
     * answered as taken and the documents stay as they were.
     *
     * @return advanced, or BAD_STATE
     */
    public AdvanceResult advance(String serial, UnitState to, String actorId, Map<String, byte[]> documents) {
        throw new UnsupportedOperationException();
    }

    /** Writes a line into a unit's journal, and documents with it; a document of the same name is replaced. */
    public void journal(String serial, String actorId, String step, String detail, Map<String, byte[]> documents) {
        throw new UnsupportedOperationException();
    }

    public List<JournalEntry> journal(String serial) {
        throw new UnsupportedOperationException();
    }

    public Optional<byte[]> document(String serial, String name) {
        throw new UnsupportedOperationException();
    }

    public SortedSet<String> documentNames(String serial) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends a leaf, if the ledger's rules allow it, together with the state that follows from it and the documents.
     *
     * @param leaf with actor, serial and event; the ledger sets the time of recording
     * @return appended, or refused with the rule's code (see {@code io.kryla.factory.replay.Rule}) or BAD_STATE
     */
    public AppendResult append(LedgerLeaf leaf, Map<String, byte[]> documents) {
        throw new UnsupportedOperationException();
    }

    /** Appends FLIGHT_OPENED as the next attempt of the serial; the attempt's number is set here. */
    public AppendResult openFlight(String serial, String actorId, FlightOpened flight) {
        throw new UnsupportedOperationException();
    }

    /** Index of the FLIGHT_OPENED that waits for its FLIGHT_CLOSED. */
    public OptionalLong openFlight(String serial) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives a unit up before birth: appends VOIDED, frees its unit of the quota, never its serial.
     *
     * @param reason stable code such as {@code CLAIM_ABANDONED}
     * @param certificates SHA-256 of the certificates issued under the serial, which the line CA must now revoke
     */
    public AppendResult voidUnit(String serial, String actorId, String reason, List<Digest> certificates) {
        throw new UnsupportedOperationException();
    }

    /** The leaves of a serial, ascending by index. */
    public List<IndexedLeaf> leaves(String serial) {
        throw new UnsupportedOperationException();
    }

    /** The leaf at an index; throws if there is none. */
    public IndexedLeaf leaf(long index) {
        throw new UnsupportedOperationException();
    }

    /** Leaves in the ledger, cosigned or not. */
    public long size() {
        throw new UnsupportedOperationException();
    }

    /** Proof under a checkpoint that a quorum of witnesses cosigned; asks the witnesses if none covers the leaf yet. */
    public ProofResult leafProof(long index) {
        throw new UnsupportedOperationException();
    }

    /** Proof under the ledger's own signature alone: enough for the line's own ground, for nobody else. */
    public ProofResult uncosignedProof(long index) {
        throw new UnsupportedOperationException();
    }

    /** Signs a checkpoint over all leaves and asks the witnesses to cosign it. */
    public CosignResult cosign() {
        throw new UnsupportedOperationException();
    }

    /** The newest checkpoint that a quorum cosigned, as a signed note. */
    public Optional<String> cosignedCheckpoint() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the cosigned ledger as static files (C2SP tlog-tiles): tiles first, each whole, the checkpoint last. A
     * reader meets the old checkpoint or the new, with all its tiles, at any moment.
     *
     * @return refused with NO_QUORUM if nothing was cosigned yet
     */
    public CosignResult exportTiles(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
