package io.kryla.factory.handover;

import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.ownership.Owner;
import io.kryla.ownership.Voucher;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import io.kryla.v1.VoucherEntry;
import io.kryla.v1.VoucherHeader;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether transfers stay within an export authorisation: an officer's signed transcription of a document of the competent
 * national authority. Whether an export is lawful is not decided here; the quantity is the ledger's to count.
 */
public final class AuthorisationCheck {
    private final VerifiedExportAuthorisation authorisation;
    private final Optional<VerificationKey> centreKey;

    private AuthorisationCheck(VerifiedExportAuthorisation authorisation, Optional<VerificationKey> centreKey) {
        this.authorisation = authorisation;
        this.centreKey = centreKey;
    }

    public static AuthorisationCheck of(VerifiedExportAuthorisation authorisation, TrustedBundle bundle) {
        return new AuthorisationCheck(
                authorisation, bundle.centre(authorisation.content().getCentreId()));
    }

    /** The officer's signature; the officer has read the authority's document that is cited. */
    public static Envelope sign(ExportAuthorisation authorisation, Signer officer) {
        return DsseSigner.sign(PayloadType.EXPORT_AUTHORISATION, authorisation.toByteArray(), officer);
    }

    /** Checks every transfer of a verified voucher. */
    public Optional<AuthorisationFault> check(Voucher voucher) {
        Optional<AuthorisationFault> fault = check(voucher.header());
        for (int i = 0; i < voucher.transfers().size() && fault.isEmpty(); i++) {
            Voucher.Transfer transfer = voucher.transfers().get(i);
            fault = i == 0 ? checkFirst(transfer.next(), transfer.cosignedAt()) : checkOnward(transfer.entry());
        }
        return fault;
    }

    Optional<AuthorisationFault> check(VoucherHeader header) {
        if (!authorisation
                .payloadSha256()
                .matches(header.getExportAuthorisationSha256().toByteArray())) {
            return fault(AuthorisationFault.MISMATCH, "the voucher names another authorisation");
        }
        String ledger = authorisation.content().getLedgerOrigin();
        return ledger.equals(header.getLedgerOrigin())
                ? Optional.empty()
                : fault(AuthorisationFault.LEDGER, "authorised for ledger " + ledger);
    }

    /** The first transfer goes to the centre that is named, before the authorisation ends. */
    Optional<AuthorisationFault> checkFirst(Owner next, Instant at) {
        String centre = authorisation.content().getCentreId();
        if (!next.id().equals(centre) || !centreKey.equals(Optional.of(next.key()))) {
            return fault(AuthorisationFault.CENTRE, "authorised through centre " + centre + ", with its own key");
        }
        return at.isAfter(authorisation.notAfter())
                ? fault(AuthorisationFault.EXPIRED, "ended " + authorisation.notAfter())
                : Optional.empty();
    }

    /** Any further transfer names the authorised destination and end-user certificate. */
    Optional<AuthorisationFault> checkOnward(VoucherEntry entry) {
        ExportAuthorisation terms = authorisation.content();
        if (!entry.getDestination().equals(terms.getDestination())) {
            return fault(AuthorisationFault.DESTINATION, "authorised to " + terms.getDestination());
        }
        return entry.getEndUserCertificate().equals(terms.getEndUserCertificate())
                ? Optional.empty()
                : fault(AuthorisationFault.END_USER, "another end-user certificate than the authorisation's");
    }

    private static Optional<AuthorisationFault> fault(String code, String reason) {
        return Optional.of(new AuthorisationFault(code, reason));
    }
}
