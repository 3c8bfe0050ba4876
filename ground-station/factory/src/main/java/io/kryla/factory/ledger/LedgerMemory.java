package io.kryla.factory.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.LedgerBuilder.LedgerConfiguration;
import io.kryla.factory.license.LicenseAdmission;
import io.kryla.factory.license.LicenseDecision;
import io.kryla.factory.license.LicenseRevisions;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.VerifiedLicense;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a ledger derives from its database and keeps in memory; rebuilt from it whenever a write failed, so that it is
 * never ahead of the last commit. Confined to the ledger's lock.
 */
final class LedgerMemory {
    private final LedgerConfiguration configuration;
    private final LedgerStore store;
    private final LicenseAdmission admission;

    private LicenseRevisions revisions = new LicenseRevisions();
    private List<VerifiedLicense> licenses = new ArrayList<>();
    private List<VerifiedExportAuthorisation> authorisations = new ArrayList<>();
    private Optional<SignedCheckpoint> cosigned = Optional.empty();
    private LeafLog log;
    private boolean stale;

    LedgerMemory(LedgerConfiguration configuration, LedgerStore store) {
        this.configuration = configuration;
        this.store = store;
        this.admission = new LicenseAdmission(configuration.bundle(), configuration.line());
        this.log = LeafLog.empty(configuration.line().ledgerOrigin());
    }

    /** Reads and verifies everything; a new database is given its owner first. */
    void load() {
        LedgerStore.Owner owner = new LedgerStore.Owner(
                configuration.line().ledgerOrigin(), configuration.line().line());
        LedgerStore.Owner stored = store.read(LedgerStore.View::owner)
                .orElseGet(() -> store.write(transaction -> {
                    transaction.setOwner(owner);
                    return owner;
                }));
        if (!stored.equals(owner)) {
            throw new LedgerException(
                    LedgerException.LEDGER_FOREIGN,
                    configuration.folder() + ": the ledger of line " + owner.line() + " expected, found that of line "
                            + stored.line() + "; choose the right folder",
                    false);
        }
        store.read(this::rebuild);
        stale = false;
    }

    private LeafLog rebuild(LedgerStore.View view) {
        LedgerReplay replay = new LedgerReplay(configuration.line().ledgerOrigin());
        revisions = new LicenseRevisions();
        licenses = new ArrayList<>();
        for (byte[] envelope : view.licenses()) {
            LicenseDecision decision = admission.judgeForever(parse(envelope), revisions);
            if (!(decision instanceof LicenseDecision.Admitted)) {
                throw corrupt("a license that was admitted is refused now: " + decision);
            }
            remember(((LicenseDecision.Admitted) decision).license(), replay);
        }
        authorisations = new ArrayList<>();
        for (byte[] envelope : view.exportAuthorisations()) {
            DocumentResult<VerifiedExportAuthorisation> opened =
                    VerifiedExportAuthorisation.open(configuration.bundle(), parse(envelope));
            if (opened instanceof DocumentResult.Rejected) {
                throw corrupt("an export authorisation that was admitted is refused now: " + opened);
            }
            remember(((DocumentResult.Verified<VerifiedExportAuthorisation>) opened).document(), replay);
        }
        cosigned = view.newestCheckpoint().map(this::verifiedCheckpoint);
        log = LeafLog.rebuild(configuration.line().ledgerOrigin(), replay, view.leaves(), cosigned);
        return log;
    }

    LeafLog log() {
        if (stale) {
            load();
        }
        return log;
    }

    /** Writes; if that fails, what is in memory is read again before anyone relies on it. */
    <T> T write(Function<LedgerStore.Transaction, T> work) {
        if (stale) {
            load();
        }
        boolean done = false;
        try {
            T result = store.write(work);
            done = true;
            return result;
        } finally {
            stale = !done;
        }
    }

    AdmitResult admitLicense(Envelope untrusted, Instant now) {
        LedgerReplay replay = log().replay();
        LicenseDecision decision = admission.judge(untrusted, revisions, now);
        if (decision instanceof LicenseDecision.Rejected) {
            LicenseDecision.Rejected rejected = (LicenseDecision.Rejected) decision;
            return new Refused(rejected.code(), rejected.reason());
        }
        LicenseDecision.Admitted admitted = (LicenseDecision.Admitted) decision;
        if (!admitted.known()) {
            VerifiedLicense license = admitted.license();
            write(transaction -> {
                transaction.addLicense(
                        license.content().getPolicyOid(),
                        license.content().getRevision(),
                        Integer.toUnsignedLong(license.content().getQuota()),
                        untrusted.toByteArray(),
                        now);
                return license;
            });
            remember(license, replay);
        }
        return new AdmitResult.Admitted();
    }

    AdmitResult admitExportAuthorisation(VerifiedExportAuthorisation authorisation) {
        LedgerReplay replay = log().replay();
        String ours = configuration.line().ledgerOrigin();
        if (!authorisation.content().getLedgerOrigin().equals(ours)) {
            return new Refused(
                    "FOREIGN",
                    "an export authorisation for ledger " + ours + " expected, got one for "
                            + authorisation.content().getLedgerOrigin());
        }
        boolean known =
                authorisations.stream().anyMatch(other -> other.payloadSha256().equals(authorisation.payloadSha256()));
        if (!known) {
            write(transaction -> {
                transaction.addExportAuthorisation(
                        authorisation.payloadSha256(), authorisation.envelope().toByteArray());
                return authorisation;
            });
            remember(authorisation, replay);
        }
        return new AdmitResult.Admitted();
    }

    Optional<VerifiedLicense> license() {
        log();
        return licenses.isEmpty() ? Optional.empty() : Optional.of(licenses.get(licenses.size() - 1));
    }

    Instant lastRecordedAt() {
        return log().lastRecordedAt();
    }

    Optional<SignedCheckpoint> cosigned() {
        log();
        return cosigned;
    }

    SignedCheckpoint keepCosigned(SignedCheckpoint checkpoint) {
        boolean isNewest = cosigned()
                .filter(known ->
                        known.checkpoint().size() >= checkpoint.checkpoint().size())
                .isEmpty();
        if (isNewest) {
            write(transaction -> {
                transaction.addCheckpoint(checkpoint.checkpoint().size(), checkpoint.bytes());
                return checkpoint;
            });
            cosigned = Optional.of(checkpoint);
        }
        return checkpoint;
    }

    Cosigning.Batch batch(long from, long atMost) {
        return Cosigning.Batch.of(log(), from, atMost, licenses, authorisations);
    }

    private void remember(VerifiedLicense license, LedgerReplay replay) {
        revisions.add(license);
        licenses.add(license);
        replay.admit(license);
    }

    private void remember(VerifiedExportAuthorisation authorisation, LedgerReplay replay) {
        authorisations.add(authorisation);
        replay.admit(authorisation);
    }

    private SignedCheckpoint verifiedCheckpoint(byte[] note) {
        return SignedCheckpoint.parse(note)
                .filter(signed ->
                        LedgerCheckpointVerifier.of(configuration.bundle()).verifyCosigned(signed)
                                instanceof CheckpointResult.Cosigned)
                .orElseThrow(() -> corrupt("the stored checkpoint is not cosigned by the witnesses of the bundle"));
    }

    private static Envelope parse(byte[] bytes) {
        try {
            return Envelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw corrupt("a stored document cannot be decoded");
        }
    }

    private static LedgerException corrupt(String what) {
        return new LedgerException(
                LedgerException.LEDGER_CORRUPT, what + "; restore the folder from the line's backup", false);
    }
}
