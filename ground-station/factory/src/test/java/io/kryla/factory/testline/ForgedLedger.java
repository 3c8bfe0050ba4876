package io.kryla.factory.testline;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.WitnessRequest;
import java.util.ArrayList;
import java.util.List;

/** A line's ledger in memory that checks nothing and signs everything with the line's genuine key. */
public final class ForgedLedger {
    private final TestLicensor licensor;
    private final List<Envelope> licenses = new ArrayList<>();
    private final List<Envelope> authorisations = new ArrayList<>();
    private final List<ByteString> leaves = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();

    public ForgedLedger(TestLicensor licensor, int quota) {
        this.licensor = licensor;
        licenses.add(licensor.sign(licensor.licenseFor(quota).build()));
    }

    private ForgedLedger(ForgedLedger original) {
        this.licensor = original.licensor;
        this.licenses.addAll(original.licenses);
        this.authorisations.addAll(original.authorisations);
        original.leaves.forEach(this::addBytes);
    }

    /** The ledger as it is now, to go another way from here. */
    public ForgedLedger copy() {
        return new ForgedLedger(this);
    }

    public void add(LedgerLeaf leaf) {
        addBytes(leaf.toBuilder()
                .setRecordedAtUnixMillis(
                        TestLicensor.START.plusSeconds(60L * leaves.size()).toEpochMilli())
                .build()
                .toByteString());
    }

    /** Four leaves: born, opened, closed with PASS, accepted. */
    public void addAccepted(String serial, String name) {
        long first = leaves.size();
        add(Leaves.born(serial, name));
        add(Leaves.opened(serial, 1, "nonce " + name));
        add(Leaves.closed(serial, first + 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 1));
        add(Leaves.accepted(serial, first + 2));
    }

    /** Adds an export authorisation; the result is what transfers cite. */
    public ByteString authorise(int quantity) {
        Envelope envelope = licensor.exportAuthorisation(quantity);
        authorisations.add(envelope);
        return ByteString.copyFrom(
                Digest.sha256(envelope.getPayload().toByteArray()).bytes());
    }

    public Checkpoint checkpoint() {
        return new Checkpoint(TestLicensor.ORIGIN, tree.size(), tree.root());
    }

    public List<ByteString> leaves() {
        return List.copyOf(leaves);
    }

    /** The checkpoint under another name or another key. */
    public ByteString signedAs(String origin, Signer key) {
        Checkpoint checkpoint = new Checkpoint(origin, tree.size(), tree.root());
        return ByteString.copyFrom(
                SignedCheckpoint.sign(checkpoint, NoteSigner.of(origin, key)).bytes());
    }

    public WitnessRequest request(long knownSize) {
        WitnessRequest.Builder request = WitnessRequest.newBuilder()
                .setCheckpoint(signedAs(TestLicensor.ORIGIN, licensor.ledgerKey))
                .setKnownSize(knownSize)
                .addAllLeaves(leaves.subList((int) knownSize, leaves.size()))
                .addAllLicenses(licenses)
                .addAllExportAuthorisations(authorisations);
        tree.consistencyProof(knownSize, tree.size())
                .forEach(hash -> request.addConsistencyProof(ByteString.copyFrom(hash.bytes())));
        return request.build();
    }

    private void addBytes(ByteString leaf) {
        leaves.add(leaf);
        tree.append(MerkleTree.leafHash(leaf.toByteArray()));
    }
}
