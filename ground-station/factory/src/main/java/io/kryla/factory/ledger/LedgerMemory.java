package io.kryla.factory.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.LedgerBuilder.LedgerConfiguration;
import io.kryla.factory.license.LicenseAdmission;
import io.kryla.factory.license.LicenseDecision;
import io.kryla.factory.license.LicenseRevisions;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.Envelope;
import io.kryla.v1.License;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a ledger derives from its database and keeps in memory: read on when other processes have written, built anew when a write
 * failed, so that it is never ahead of the last commit and never behind it when something is decided. Confined to the
 * ledger's lock.
 */
final class LedgerMemory {
    /** What is to be written, decided by what is committed and no more. */
    interface Work<T> {
        /** @param now never before the last leaf's time of recording */
        T write(LedgerStore.Transaction transaction, Instant now);
    }

    private record Written<T>(T result, long changes) {}

    private final LedgerConfiguration configuration;
    private final LedgerStore store;
    private final LicenseAdmission admission;

    private LicenseRevisions revisions = new LicenseRevisions();
    private List<VerifiedLicense> licenses = new ArrayList<>();
    private Map<Digest, VerifiedExportAuthorisation> authorisations = new LinkedHashMap<>();
    private Optional<SignedCheckpoint> cosigned = Optional.empty();
    private LeafLog log;
    /** Those of the store that are in memory. */
    private long changes;

    private boolean stale = true;

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
        LedgerStore.Owner stored = store.read(LedgerStore.View::owner).orElseGet(() -> take(owner));
        if (!stored.equals(owner)) {
            throw new LedgerException(
                    LedgerException.LEDGER_FOREIGN,
                    store.name() + ": the ledger of line " + owner.line() + " expected, found that of line "
                            + stored.line() + "; choose the right database",
                    false);
        }
        revisions = new LicenseRevisions();
        licenses = new ArrayList<>();
        authorisations = new LinkedHashMap<>();
        cosigned = Optional.empty();
        log = LeafLog.empty(configuration.line().ledgerOrigin());
        changes = -1;
        store.read(this::readOn);
        stale = false;
    }

    private LedgerStore.Owner take(LedgerStore.Owner owner) {
        return store.write(transaction -> transaction.owner().orElseGet(() -> {
            transaction.setOwner(owner);
            return owner;
        }));
    }

    /** Before memory is asked: what other processes have written since. */
    void refresh() {
        if (stale) {
            load();
        } else if (store.isShared()) {
            readOrGoStale(() -> store.read(this::readOn));
        }
    }

    /** Writes; if that fails, what is in memory is read again before anyone relies on it. */
    <T> T write(Work<T> work) {
        if (stale) {
            load();
        }
        Written<T> written = readOrGoStale(() -> store.write(transaction -> {
            readOn(transaction);
            T result = work.write(transaction, now());
            return new Written<>(result, transaction.changes());
        }));
        changes = written.changes();
        return written.result();
    }

    private <T> T readOrGoStale(Supplier<T> work) {
        stale = true;
        T result = work.get();
        stale = false;
        return result;
    }

    /** Takes what the database holds more than memory does. */
    private LeafLog readOn(LedgerStore.View view) {
        long stored = view.changes();
        if (stored == changes) {
            return log;
        }
        if (stored < changes) {
            throw corrupt("the database holds less than it did: an older copy was put in its place");
        }
        List<byte[]> admitted = view.licenses();
        if (admitted.size() < licenses.size()) {
            throw corrupt("the database holds " + admitted.size() + " license revisions, it held " + licenses.size());
        }
        for (byte[] envelope : admitted.subList(licenses.size(), admitted.size())) {
            LicenseDecision decision = admission.judgeForever(parse(envelope), revisions);
            if (!(decision instanceof LicenseDecision.Admitted)) {
                throw corrupt("a license that was admitted is refused now: " + decision);
            }
            remember(((LicenseDecision.Admitted) decision).license());
        }
        for (byte[] envelope : view.exportAuthorisations()) {
            DocumentResult<VerifiedExportAuthorisation> opened =
                    VerifiedExportAuthorisation.open(configuration.bundle(), parse(envelope));
            if (opened instanceof DocumentResult.Rejected) {
                throw corrupt("an export authorisation that was admitted is refused now: " + opened);
            }
            remember(((DocumentResult.Verified<VerifiedExportAuthorisation>) opened).document());
        }
        log.readOn(view.leaves(log.size()));
        Optional<SignedCheckpoint> newest = view.newestCheckpoint().map(this::verifiedCheckpoint);
        newest.ifPresent(log::requireExtends);
        cosigned = newest;
        changes = stored;
        return log;
    }

    LeafLog log() {
        return log;
    }

    /** The license to claim under: the one admitted last. */
    Optional<VerifiedLicense> license() {
        return licenses.isEmpty() ? Optional.empty() : Optional.of(licenses.get(licenses.size() - 1));
    }

    Optional<SignedCheckpoint> cosigned() {
        return cosigned;
    }

    AdmitResult admitLicense(Envelope untrusted) {
        LicenseDecision decision = write((transaction, now) -> {
            LicenseDecision judged = admission.judge(untrusted, revisions, now);
            if (judged instanceof LicenseDecision.Admitted && !((LicenseDecision.Admitted) judged).known()) {
                License license = ((LicenseDecision.Admitted) judged).license().content();
                transaction.addLicense(
                        license.getPolicyOid(),
                        license.getRevision(),
                        Integer.toUnsignedLong(license.getQuota()),
                        untrusted.toByteArray(),
                        now);
            }
            return judged;
        });
        if (decision instanceof LicenseDecision.Rejected) {
            LicenseDecision.Rejected rejected = (LicenseDecision.Rejected) decision;
            return new Refused(rejected.code(), rejected.reason());
        }
        LicenseDecision.Admitted admitted = (LicenseDecision.Admitted) decision;
        if (!admitted.known()) {
            remember(admitted.license());
        }
        return new AdmitResult.Admitted();
    }

    AdmitResult admitExportAuthorisation(VerifiedExportAuthorisation authorisation) {
        String ours = configuration.line().ledgerOrigin();
        if (!authorisation.content().getLedgerOrigin().equals(ours)) {
            return new Refused(
                    "FOREIGN",
                    "an export authorisation for ledger " + ours + " expected, got one for "
                            + authorisation.content().getLedgerOrigin());
        }
        write((transaction, now) -> {
            if (!authorisations.containsKey(authorisation.payloadSha256())) {
                transaction.addExportAuthorisation(
                        authorisation.payloadSha256(), authorisation.envelope().toByteArray());
            }
            return authorisation;
        });
        remember(authorisation);
        return new AdmitResult.Admitted();
    }

    SignedCheckpoint keepCosigned(SignedCheckpoint checkpoint) {
        boolean kept = write((transaction, now) -> {
            boolean isNewest = cosigned.filter(known ->
                            known.checkpoint().size() >= checkpoint.checkpoint().size())
                    .isEmpty();
            if (isNewest) {
                transaction.addCheckpoint(checkpoint.checkpoint().size(), checkpoint.bytes());
            }
            return isNewest;
        });
        if (kept) {
            cosigned = Optional.of(checkpoint);
        }
        return checkpoint;
    }

    Cosigning.Batch batch(long from, long atMost) {
        return Cosigning.Batch.of(log, from, atMost, licenses, List.copyOf(authorisations.values()));
    }

    /** Never behind the last leaf: a clock set back does not stop the line, and no leaf is older than the one ahead. */
    private Instant now() {
        Instant clock = configuration.clock().instant();
        Instant last = log.lastRecordedAt();
        return clock.isBefore(last) ? last : clock;
    }

    private void remember(VerifiedLicense license) {
        revisions.add(license);
        licenses.add(license);
        log.replay().admit(license);
    }

    private void remember(VerifiedExportAuthorisation authorisation) {
        if (authorisations.putIfAbsent(authorisation.payloadSha256(), authorisation) == null) {
            log.replay().admit(authorisation);
        }
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
