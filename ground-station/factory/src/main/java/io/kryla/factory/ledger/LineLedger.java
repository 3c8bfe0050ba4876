package io.kryla.factory.ledger;

import io.kryla.factory.ledger.LedgerBuilder.LedgerConfiguration;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.LedgerLeaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A line's ledger and register of units: quota, serials, states, journal, documents, and the transparency log over its
 * leaves (protocol.md §9).
 *
 * <p>Whatever a method returned as done is durable and whole; whatever it refused or threw left nothing behind. Safe for
 * any thread. In a folder, one process at a time: opening a ledger that is open elsewhere throws {@code LEDGER_BUSY}. In PostgreSQL, any
 * number of processes, each of which sees what the others have recorded.
 */
public final class LineLedger implements AutoCloseable {
    private final LedgerConfiguration configuration;
    private final LedgerStore store;
    private final LedgerMemory memory;
    private final LeafRecorder recorder;
    private final Cosigning cosigning;

    /** Guards store and memory: what is in memory is what the last commit left. */
    private final ReentrantLock lock = new ReentrantLock();

    private LineLedger(LedgerConfiguration configuration, LedgerStore store) {
        this.configuration = configuration;
        this.store = store;
        this.memory = new LedgerMemory(configuration, store);
        this.recorder = new LeafRecorder(memory);
        this.cosigning = new Cosigning(configuration, new LockedLeaves());
    }

    public static LedgerBuilder builder() {
        return new LedgerBuilder();
    }

    static LineLedger open(LedgerConfiguration configuration) {
        return open(configuration, configuration.database().open());
    }

    /** For tests: over a store that was prepared to fail. */
    static LineLedger open(LedgerConfiguration configuration, LedgerStore store) {
        try {
            LineLedger ledger = new LineLedger(configuration, store);
            ledger.memory.load();
            return ledger;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Verifies a license (signatures, threshold, revision chain, line, dates) and makes it the one to claim under. */
    public AdmitResult admitLicense(Envelope license) {
        return locked(() -> memory.admitLicense(license));
    }

    /** The license to claim under: the one admitted last. */
    public Optional<VerifiedLicense> license() {
        return fresh(memory::license);
    }

    /** Verifies an export authorisation that transfers may cite from now on. */
    public AdmitResult admitExportAuthorisation(Envelope authorisation) {
        DocumentResult<VerifiedExportAuthorisation> opened =
                VerifiedExportAuthorisation.open(configuration.bundle(), authorisation);
        if (opened instanceof DocumentResult.Rejected) {
            DocumentResult.Rejected<VerifiedExportAuthorisation> rejected =
                    (DocumentResult.Rejected<VerifiedExportAuthorisation>) opened;
            return new Refused(rejected.code().name(), rejected.reason());
        }
        return locked(() -> memory.admitExportAuthorisation(
                ((DocumentResult.Verified<VerifiedExportAuthorisation>) opened).document()));
    }

    /**
     * Reserves a unit of the quota and a serial for a key. The same key with the same hardware id gets the same unit
     * again, also after the license expired or the quota was spent.
     *
     * @return granted, or QUOTA_EXHAUSTED, LICENSE_MISSING, LICENSE_NOT_YET_VALID, LICENSE_EXPIRED, CLONE_SUSPECTED (the
     *     hardware id is another key's, or the key another hardware id's), BAD_STATE (voided)
     */
    public ClaimResult claim(Digest idevidKeySha256, Digest hardwareIdSha256, String actorId) {
        return locked(() -> memory.write((transaction, now) ->
                UnitRegister.claim(transaction, idevidKeySha256, hardwareIdSha256, actorId, memory.license(), now)));
    }

    public Optional<Unit> unit(String serial) {
        return locked(() -> store.read(view -> view.unit(serial)));
    }

    public Optional<Unit> unitOfKey(Digest idevidKeySha256) {
        return locked(() -> store.read(view -> view.unitOfKey(idevidKeySha256)));
    }

    /** All units, voided ones too, in the order of their claims. */
    public List<Unit> units() {
        return locked(() -> store.read(LedgerStore.View::units));
    }

    /**
     * Takes a line-local step (CLAIMED → CERTIFIED → INSTALLED) and stores its documents with it. Taken already, it is
     * answered as taken and the documents stay as they were.
     *
     * @return advanced, or BAD_STATE
     */
    public AdvanceResult advance(String serial, UnitState to, String actorId, Map<String, byte[]> documents) {
        return locked(() -> memory.write(
                (transaction, now) -> UnitRegister.advance(transaction, serial, to, actorId, documents, now)));
    }

    /** Writes a line into a unit's journal, and documents with it; a document of the same name is replaced. */
    public void journal(String serial, String actorId, String step, String detail, Map<String, byte[]> documents) {
        locked(() -> memory.write((transaction, now) -> {
            transaction.addJournal(serial, now, actorId, step, detail);
            transaction.putDocuments(serial, documents);
            return step;
        }));
    }

    public List<JournalEntry> journal(String serial) {
        return locked(() -> store.read(view -> view.journal(serial)));
    }

    public Optional<byte[]> document(String serial, String name) {
        return locked(() -> store.read(view -> view.document(serial, name)));
    }

    public SortedSet<String> documentNames(String serial) {
        return locked(() -> store.read(view -> view.documentNames(serial)));
    }

    /**
     * Appends a leaf, if the ledger's rules allow it, together with the state that follows from it and the documents.
     *
     * @param leaf with actor, serial and event; the ledger sets the time of recording
     * @return appended, or refused with the rule's code ({@link io.kryla.factory.replay.Rule}) or BAD_STATE
     */
    public AppendResult append(LedgerLeaf leaf, Map<String, byte[]> documents) {
        return locked(() -> recorder.append(leaf, documents));
    }

    /** Appends FLIGHT_OPENED as the next attempt of the serial; the attempt's number is set here. */
    public AppendResult openFlight(String serial, String actorId, FlightOpened flight) {
        return locked(() -> recorder.openFlight(serial, actorId, flight));
    }

    /** Index of the FLIGHT_OPENED that waits for its FLIGHT_CLOSED. */
    public OptionalLong openFlight(String serial) {
        return fresh(() ->
                memory.log().replay().unit(serial).map(UnitHistory::openFlight).orElse(OptionalLong.empty()));
    }

    /**
     * Gives a unit up before birth: appends VOIDED, frees its unit of the quota, never its serial.
     *
     * @param reason stable code such as {@code CLAIM_ABANDONED}
     * @param certificates SHA-256 of the certificates issued under the serial, which the line CA must now revoke
     */
    public AppendResult voidUnit(String serial, String actorId, String reason, List<Digest> certificates) {
        return locked(() -> recorder.voidUnit(serial, actorId, reason, certificates));
    }

    /**
     * Sets a unit aside that has not left the line: provisioning, acceptance and handover refuse it until it is released.
     *
     * @param documents of the act, stored with it
     */
    public AdvanceResult quarantine(String serial, String actorId, String reason, Map<String, byte[]> documents) {
        return locked(() -> memory.write(
                (transaction, now) -> UnitRegister.quarantine(transaction, serial, actorId, reason, documents, now)));
    }

    /** Releases a unit to the state that it was set aside from. */
    public AdvanceResult release(String serial, String actorId, String reason, Map<String, byte[]> documents) {
        return locked(() -> memory.write(
                (transaction, now) -> UnitRegister.release(transaction, serial, actorId, reason, documents, now)));
    }

    /** How often a unit was reworked after its birth. */
    public int reworks(String serial) {
        return fresh(() ->
                memory.log().replay().unit(serial).map(UnitHistory::reworks).orElse(0));
    }

    /** The leaves of a serial, ascending by index. */
    public List<IndexedLeaf> leaves(String serial) {
        return fresh(() -> memory.log().leaves().stream()
                .filter(leaf -> leaf.content().getSerial().equals(serial))
                .collect(Collectors.toList()));
    }

    /** The leaf at an index; throws if there is none. */
    public IndexedLeaf leaf(long index) {
        return fresh(() -> memory.log().leaf(index));
    }

    /** Leaves in the ledger, cosigned or not. */
    public long size() {
        return fresh(() -> memory.log().size());
    }

    /** Proof under a checkpoint that a quorum of witnesses cosigned; asks the witnesses if none covers the leaf yet. */
    public ProofResult leafProof(long index) {
        leaf(index);
        Optional<SignedCheckpoint> covering =
                fresh(memory::cosigned).filter(cosigned -> cosigned.checkpoint().size() > index);
        if (covering.isEmpty()) {
            CosignResult asked = cosign();
            if (asked instanceof Refused) {
                return (Refused) asked;
            }
            covering = fresh(memory::cosigned);
        }
        SignedCheckpoint checkpoint = covering.orElseThrow();
        return fresh(() -> new ProofResult.Proof(memory.log().proof(index, checkpoint)));
    }

    /** Proof under the ledger's own signature alone: enough for the line's own ground, for nobody else. */
    public ProofResult uncosignedProof(long index) {
        return fresh(() -> {
            LeafLog log = memory.log();
            return new ProofResult.Proof(log.proof(index, cosigning.sign(log.checkpoint(log.size()))));
        });
    }

    /** Signs a checkpoint over all leaves and asks the witnesses to cosign it. */
    public CosignResult cosign() {
        return cosigning.cosign();
    }

    /**
     * Asks the witnesses whether one has seen more than this ledger holds, or something else: an older copy that was put in its
     * place, or a fork. Who cannot be reached says nothing.
     *
     * @return ROLLBACK or INCONSISTENT with the witness's reason; empty when none of them objects
     */
    public Optional<Refused> contradiction() {
        return cosigning.contradiction();
    }

    /**
     * What is to be carried to a witness as files: {@code WitnessRequest}s in the order in which it has to see them.
     *
     * @param knownSize that the witness is at; that of the newest cosigned checkpoint if empty
     */
    public List<byte[]> witnessRequests(OptionalLong knownSize) {
        return cosigning.requests(knownSize.orElseGet(() ->
                fresh(memory::cosigned).map(known -> known.checkpoint().size()).orElse(0L)));
    }

    /**
     * Takes the {@code WitnessResponse}s that came back from one witness or several, in any order.
     *
     * @return cosigned, or the last refusal among them, or NO_QUORUM
     */
    public CosignResult takeWitnessResponses(List<byte[]> untrusted) {
        return cosigning.take(untrusted);
    }

    /** The newest checkpoint that a quorum cosigned, as a signed note. */
    public Optional<String> cosignedCheckpoint() {
        return fresh(memory::cosigned).map(checkpoint -> new String(checkpoint.bytes(), StandardCharsets.UTF_8));
    }

    /**
     * Writes the cosigned ledger as static files (C2SP tlog-tiles): tiles first, each whole, the checkpoint last. A
     * reader meets the old checkpoint or the new, with all its tiles, at any moment.
     *
     * @return the checkpoint exported, or NO_QUORUM if nothing was cosigned yet
     */
    public CosignResult exportTiles(Path folder) {
        return fresh(() -> {
            Optional<SignedCheckpoint> cosigned = memory.cosigned();
            if (cosigned.isEmpty()) {
                return new Refused(Refused.NO_QUORUM, "no checkpoint of this ledger was cosigned yet");
            }
            memory.log().export(folder, cosigned.get());
            return Cosigning.cosigned(cosigned.get());
        });
    }

    @Override
    public void close() {
        locked(() -> {
            store.close();
            return store;
        });
    }

    /** Looks into memory, after it has read on. */
    private <T> T fresh(Supplier<T> look) {
        return locked(() -> {
            memory.refresh();
            return look.get();
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** What cosigning sees of the ledger: short looks under the lock, none while it waits for a witness. */
    private final class LockedLeaves implements Cosigning.Leaves {
        @Override
        public Cosigning.Batch batch(long from, long atMost) {
            return fresh(() -> memory.batch(from, atMost));
        }

        @Override
        public long size() {
            return LineLedger.this.size();
        }

        @Override
        public Optional<SignedCheckpoint> cosigned() {
            return fresh(memory::cosigned);
        }

        @Override
        public void cosigned(SignedCheckpoint checkpoint) {
            locked(() -> memory.keepCosigned(checkpoint));
        }
    }
}
