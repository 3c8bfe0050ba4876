package io.kryla.telemetry;

import io.kryla.codec.RecordView;
import io.kryla.keys.VerificationKey;
import io.kryla.tlog.CompactRange;
import io.kryla.tlog.MerkleHasher;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.LeafRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The receiver's side of one flight log. Takes records and checkpoints in any order and any number of times, and says of
 * each record first that it is AUTHENTIC, later that it is ATTESTED.
 *
 * <p>The caller vouches that what it hands in came out of the session with the airframe. Hostile or contradictory input is
 * rejected, never thrown; a log that contradicts itself is condemned and takes nothing more. Holds at most {@value
 * #MOST_AHEAD} records that are not attested yet, and of those that are only a handful of hashes. Not thread-safe but for {@link #check}: one
 * owner.
 */
public final class FlightLogReceiver {
    /** How far beyond the first hole a record is kept; eight times the leaves between two checkpoints. */
    public static final int MOST_AHEAD = 8192;

    /** Checkpoints that wait for leaves; the newest are kept, since each covers what the ones before it did. */
    private static final int MOST_CHECKPOINTS = 16;

    /** Holes asked for at once. */
    public static final int MOST_RANGES = 64;

    private static final long NOTHING_GONE = -1;

    private final FlightOrigin origin;
    private final VerificationKey logKey;
    private final LogStructure structure;
    private final CompactRange attested = new CompactRange();
    private final RecordView view = new RecordView();
    private final MerkleHasher hasher = new MerkleHasher();
    private final WaitingRecords waiting = new WaitingRecords();
    private final TreeMap<Long, LeafSubtrees> gaps = new TreeMap<>();
    private final TreeMap<Long, FlightCheckpoint> checkpoints = new TreeMap<>();
    private final PassedLeaves passed = new PassedLeaves();
    private long next;
    /** End of what was ever heard of, by record or checkpoint. */
    private long knownSize;

    /** The first hole when the airframe said that it has nothing of it any more. */
    private long goneFrom = NOTHING_GONE;

    private Optional<FlightCheckpoint> head = Optional.empty();
    private Optional<LogRejection> condemned = Optional.empty();

    /** @param logKey the key that the airframe's device identity endorsed for this origin */
    public FlightLogReceiver(FlightOrigin origin, VerificationKey logKey) {
        this.origin = origin;
        this.logKey = logKey;
        this.structure = new LogStructure(origin);
    }

    /** Takes the exact bytes of a record. */
    public LogProgress receiveRecord(byte[] recordBytes) {
        return receiveRecord(recordBytes, 0, recordBytes.length);
    }

    /** Takes the exact bytes of a record, which are the caller's again when this returns. */
    public LogProgress receiveRecord(byte[] bytes, int offset, int length) {
        byte[] prefixed = new byte[1 + length];
        System.arraycopy(bytes, offset, prefixed, 1, length);
        return takeRecord(prefixed);
    }

    /**
     * Takes the exact bytes of a record and the array that holds them.
     *
     * @param owned the record behind one byte of any value; the receiver's from now on, whatever becomes of the record
     */
    public LogProgress takeRecord(byte[] owned) {
        if (condemned.isPresent()) {
            return new LogProgress.Rejected(condemned.get());
        }
        Optional<AuthenticRecord> parsed = AuthenticRecord.read(owned, view);
        if (parsed.isEmpty()) {
            return new LogProgress.Rejected(LogRejection.MALFORMED);
        }
        AuthenticRecord record = parsed.get();
        long index = record.leafIndex();
        if (index < attested.size() || isInGap(index)) {
            return new LogProgress.Rejected(LogRejection.DUPLICATE);
        }
        if (index - next >= MOST_AHEAD || waiting.size() >= MOST_AHEAD) {
            return new LogProgress.Rejected(LogRejection.TOO_FAR_AHEAD);
        }
        AuthenticRecord known = index < next ? waiting.find(index) : waiting.beyond(index);
        if (known != null || index < next) {
            return known == null || known.hasBytesOf(record)
                    ? new LogProgress.Rejected(LogRejection.DUPLICATE)
                    : condemn(LogRejection.INCONSISTENT);
        }
        knownSize = Math.max(knownSize, index + 1);
        record.hashLeaf(hasher);
        if (index == next) {
            waiting.append(record);
            next++;
            passOverWaiting();
        } else {
            waiting.putBeyond(record, next);
        }
        return attest(List.of(record));
    }

    /** Takes a checkpoint in its wire form: {@link #check}, then {@link #take}. */
    public LogProgress receiveCheckpoint(byte[] wire) {
        return condemned.isPresent() ? new LogProgress.Rejected(condemned.get()) : take(check(wire));
    }

    /**
     * Checks a checkpoint's form and signature, and nothing else. Any thread, at any time: this is what takes long, and what a
     * network's thread leaves to another.
     *
     * @param wire a checkpoint in its wire form
     */
    public CheckedCheckpoint check(byte[] wire) {
        Optional<FlightCheckpoint> parsed = FlightCheckpoint.parseWire(origin, wire);
        if (parsed.isEmpty()) {
            return CheckedCheckpoint.rejected(this, LogRejection.MALFORMED);
        }
        return parsed.get().verifies(logKey)
                ? CheckedCheckpoint.genuine(this, parsed.get())
                : CheckedCheckpoint.rejected(this, LogRejection.BAD_NOTE);
    }

    /**
     * Takes a checkpoint that was checked.
     *
     * @throws IllegalArgumentException if another receiver has checked it
     */
    public LogProgress take(CheckedCheckpoint checked) {
        if (condemned.isPresent()) {
            return new LogProgress.Rejected(condemned.get());
        }
        Optional<FlightCheckpoint> genuine = checked.genuineFor(this);
        if (genuine.isEmpty()) {
            return new LogProgress.Rejected(checked.rejection());
        }
        FlightCheckpoint checkpoint = genuine.get();
        if (checkpoint.size() <= attested.size()) {
            return contradictsHead(checkpoint)
                    ? condemn(LogRejection.INCONSISTENT)
                    : new LogProgress.Rejected(LogRejection.DUPLICATE);
        }
        FlightCheckpoint known = checkpoints.putIfAbsent(checkpoint.size(), checkpoint);
        if (known != null) {
            return known.root().equals(checkpoint.root())
                    ? new LogProgress.Rejected(LogRejection.DUPLICATE)
                    : condemn(LogRejection.INCONSISTENT);
        }
        knownSize = Math.max(knownSize, checkpoint.size());
        if (checkpoints.size() > MOST_CHECKPOINTS) {
            checkpoints.pollFirstEntry();
        }
        return attest(List.of());
    }

    /**
     * Takes the hashes that stand for leaves whose bodies the airframe no longer has, in their wire form. They have to begin
     * where the first hole does and to end no later than it. Or takes the airframe's word that the hashes are gone, too.
     */
    public LogProgress receiveSubtrees(byte[] wire) {
        if (condemned.isPresent()) {
            return new LogProgress.Rejected(condemned.get());
        }
        OptionalLong gone = LeafSubtrees.goneFrom(wire);
        if (gone.isPresent()) {
            goneFrom = gone.getAsLong() == next ? next : goneFrom;
            return new LogProgress.Accepted(List.of());
        }
        Optional<LeafSubtrees> parsed = LeafSubtrees.parse(wire);
        if (parsed.isEmpty()) {
            return new LogProgress.Rejected(LogRejection.MALFORMED);
        }
        LeafSubtrees gap = parsed.get();
        if (gap.from() != next || holdsRecordBelow(gap.to())) {
            return new LogProgress.Rejected(LogRejection.DUPLICATE);
        }
        if (gaps.size() >= MOST_RANGES) {
            return new LogProgress.Rejected(LogRejection.TOO_FAR_AHEAD);
        }
        gaps.put(gap.from(), gap);
        passed.add(gap.from(), gap.to());
        knownSize = Math.max(knownSize, gap.to());
        next = gap.to();
        passOverWaiting();
        return attest(List.of());
    }

    /** Leaves to ask for again: holes below the newest leaf or checkpoint known; at most 64 ranges, lowest first. */
    public List<LeafRange> missing() {
        List<LeafRange> holes = new ArrayList<>();
        long from = next;
        for (long known = next; waiting.hasBeyond() && known <= waiting.newestBeyond(); known++) {
            if (waiting.beyond(known) != null) {
                addHole(holes, from, known);
                from = known + 1;
            }
        }
        if (!checkpoints.isEmpty()) {
            addHole(holes, from, Math.min(checkpoints.lastKey(), next + MOST_AHEAD));
        }
        return holes;
    }

    /** Whether {@link #missing} has any; a few instructions, however many records lie beyond the hole. */
    public boolean misses() {
        return waiting.hasBeyond() || (!checkpoints.isEmpty() && checkpoints.lastKey() > next);
    }

    /**
     * Of the leaves known so far those that are not ATTESTED, lowest first, and why. Empty when all are; the last ones of a live log
     * nearly always wait for the next checkpoint. {@code REQUESTED} supposes that someone asks for {@link #missing}.
     */
    public List<UnattestedLeaves> unattested() {
        List<UnattestedLeaves> unattested = new ArrayList<>();
        for (UnattestedLeaves range : passed.ranges()) {
            if (range.from() < attested.size()) {
                add(unattested, range.from(), Math.min(range.to(), attested.size()), UnattestedReason.HASH_ONLY);
            }
        }
        if (condemned.isPresent()) {
            add(unattested, attested.size(), knownSize, UnattestedReason.LOG_CONDEMNED);
            return unattested;
        }
        addArrived(unattested);
        addBeyondHole(unattested);
        return unattested;
    }

    private void addArrived(List<UnattestedLeaves> unattested) {
        UnattestedReason reason =
                checkpoints.isEmpty() ? UnattestedReason.NO_CHECKPOINT_YET : UnattestedReason.BEHIND_HOLE;
        long from = attested.size();
        for (LeafSubtrees gap : gaps.values()) {
            add(unattested, from, gap.from(), reason);
            add(unattested, gap.from(), gap.to(), UnattestedReason.HASH_ONLY);
            from = gap.to();
        }
        add(unattested, from, next, reason);
    }

    private void addBeyondHole(List<UnattestedLeaves> unattested) {
        UnattestedReason hole = goneFromAirframe() ? UnattestedReason.GONE_FROM_AIRFRAME : UnattestedReason.REQUESTED;
        long from = next;
        for (long leaf = next; waiting.hasBeyond() && leaf <= waiting.newestBeyond(); leaf++) {
            if (waiting.beyond(leaf) != null) {
                add(unattested, from, leaf, hole);
                add(unattested, leaf, leaf + 1, UnattestedReason.BEHIND_HOLE);
                from = leaf + 1;
                hole = UnattestedReason.REQUESTED;
            }
        }
        add(unattested, from, knownSize, hole);
    }

    private static void add(List<UnattestedLeaves> ranges, long from, long to, UnattestedReason reason) {
        if (from >= to) {
            return;
        }
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).to() == from && ranges.get(last).reason() == reason) {
            ranges.set(last, new UnattestedLeaves(ranges.get(last).from(), to, reason));
        } else {
            ranges.add(new UnattestedLeaves(from, to, reason));
        }
    }

    /**
     * Whether the airframe has neither body nor hash of the first missing leaf any more. Then no later leaf will be attested here: a
     * new receiver can begin at leaf 0, where hashes of large subtrees help it over what is gone.
     */
    public boolean goneFromAirframe() {
        return goneFrom == next;
    }

    /** Cumulative; what the airframe need not send again. */
    public Acknowledgement acknowledgement() {
        return Acknowledgement.newBuilder()
                .setNextLeafIndex(next)
                .setAttestedSize(attested.size())
                .build();
    }

    /** Index of the first leaf that is not here. */
    public long nextLeafIndex() {
        return next;
    }

    /** How many leaves are ATTESTED. */
    public long attestedSize() {
        return attested.size();
    }

    public FlightOrigin origin() {
        return origin;
    }

    /** The newest checkpoint whose every leaf is here and whose root is theirs. */
    public Optional<FlightCheckpoint> head() {
        return head;
    }

    /** Whether the log is closed and attested to its last leaf. */
    public boolean complete() {
        return structure.closed() && condemned.isEmpty();
    }

    /** Why the log is condemned, if it is. */
    public Optional<LogRejection> condemned() {
        return condemned;
    }

    private boolean isInGap(long index) {
        if (gaps.isEmpty()) {
            return false;
        }
        Map.Entry<Long, LeafSubtrees> gap = gaps.floorEntry(index);
        return gap != null && index < gap.getValue().to();
    }

    private boolean endsInsideGap(FlightCheckpoint checkpoint) {
        Map.Entry<Long, LeafSubtrees> gap = gaps.lowerEntry(checkpoint.size());
        return gap != null && checkpoint.size() < gap.getValue().to();
    }

    private boolean holdsRecordBelow(long index) {
        long end = Math.min(index, waiting.newestBeyond() + 1);
        for (long known = next; waiting.hasBeyond() && known < end; known++) {
            if (waiting.beyond(known) != null) {
                return true;
            }
        }
        return false;
    }

    private boolean contradictsHead(FlightCheckpoint checkpoint) {
        return head.filter(it -> it.size() == checkpoint.size() && !it.root().equals(checkpoint.root()))
                .isPresent();
    }

    private void passOverWaiting() {
        while (waiting.advance(next)) {
            next++;
        }
    }

    /** Moves every record below a checkpoint whose leaves are all here, and adds it to the claims. */
    private LogProgress attest(List<Claimed> received) {
        if (checkpoints.isEmpty() || checkpoints.firstKey() > next) {
            return new LogProgress.Accepted(received);
        }
        List<Claimed> claims = new ArrayList<>(received);
        while (!checkpoints.isEmpty() && checkpoints.firstKey() <= next) {
            FlightCheckpoint checkpoint = checkpoints.pollFirstEntry().getValue();
            if (endsInsideGap(checkpoint)) {
                continue;
            }
            while (attested.size() < checkpoint.size()) {
                if (!appendNext(checkpoint, claims)) {
                    return condemn(LogRejection.INCONSISTENT);
                }
            }
            if (!attested.root().equals(checkpoint.root())) {
                return condemn(LogRejection.ROOT_MISMATCH);
            }
            head = Optional.of(checkpoint);
        }
        return new LogProgress.Accepted(claims);
    }

    private boolean appendNext(FlightCheckpoint checkpoint, List<Claimed> claims) {
        LeafSubtrees gap = gaps.isEmpty() ? null : gaps.remove(attested.size());
        if (gap != null) {
            gap.appendTo(attested);
            return structure.acceptsGap();
        }
        AuthenticRecord record = waiting.poll();
        if (record == null) {
            throw new IllegalStateException("no record waits for leaf " + attested.size() + ", though next is " + next);
        }
        record.appendTo(attested);
        claims.add(new AttestedRecord(record, checkpoint));
        return structure.accepts(record);
    }

    private LogProgress condemn(LogRejection reason) {
        condemned = Optional.of(reason);
        waiting.clear();
        checkpoints.clear();
        gaps.clear();
        return new LogProgress.Rejected(reason);
    }

    private static void addHole(List<LeafRange> holes, long from, long to) {
        if (from < to && holes.size() < MOST_RANGES) {
            holes.add(LeafRange.newBuilder().setFrom(from).setTo(to).build());
        }
    }
}
