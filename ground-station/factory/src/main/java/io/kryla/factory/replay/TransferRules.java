package io.kryla.factory.replay;

import io.kryla.keys.Digest;
import io.kryla.v1.ExportAuthorisation;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Transfer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** TRANSFER: a unit's voucher is a chain without forks, and its first step spends an export authorisation. */
final class TransferRules {
    private final LedgerState state;

    TransferRules(LedgerState state) {
        this.state = state;
    }

    void judge(LedgerLeaf leaf, Verdict verdict) {
        Transfer transfer = leaf.getTransfer();
        if (!verdict.require(
                Shape.allDigests(
                                transfer.getEntrySha256(),
                                transfer.getPreviousSha256(),
                                transfer.getToKeySha256(),
                                transfer.getExportAuthorisationSha256())
                        && Shape.isId(transfer.getFromId())
                        && Shape.isId(transfer.getToId()),
                Rule.MALFORMED_LEAF,
                "TRANSFER: four hashes of 32 bytes and the ids of giver and receiver expected")) {
            return;
        }
        Optional<UnitHistory> unit =
                state.unit(leaf.getSerial()).filter(born -> born.acceptedIndex.isPresent() && !born.scrapped);
        verdict.require(
                unit.isPresent(), Rule.BAD_STATE, "serial %s is not accepted, or is scrapped", leaf.getSerial());
        unit.ifPresent(accepted -> {
            judgeVoucher(accepted, transfer, verdict);
            judgeAuthorisation(leaf, accepted, verdict);
        });
    }

    private void judgeVoucher(UnitHistory unit, Transfer transfer, Verdict verdict) {
        Digest previous = Shape.digest(transfer.getPreviousSha256());
        if (!verdict.require(
                !state.transferredFrom.contains(previous),
                Rule.DOUBLE_TRANSFER,
                "a transfer from voucher entry %s is recorded already",
                previous)) {
            return;
        }
        if (!unit.voucher.isEmpty()) {
            verdict.require(
                    unit.voucher.get(unit.voucher.size() - 1).equals(previous)
                            && unit.holderId.equals(Optional.of(transfer.getFromId())),
                    Rule.VOUCHER_BROKEN,
                    "the voucher of %s ends at another entry, held by %s",
                    unit.serial,
                    unit.holderId.orElse("nobody"));
        }
    }

    private void judgeAuthorisation(LedgerLeaf leaf, UnitHistory unit, Verdict verdict) {
        Transfer transfer = leaf.getTransfer();
        Digest cited = Shape.digest(transfer.getExportAuthorisationSha256());
        Optional<ExportAuthorisation> authorisation = Optional.ofNullable(state.authorisations.get(cited));
        verdict.require(
                authorisation.isPresent(), Rule.AUTHORISATION_UNKNOWN, "export authorisation %s is not known", cited);
        Set<String> spentOn = state.spentAuthorisations.getOrDefault(cited, Set.of());
        boolean isLaterStep = spentOn.contains(unit.serial);
        if (authorisation.isPresent() && !isLaterStep) {
            judgeSpending(leaf, authorisation.get(), spentOn.size(), verdict);
        }
    }

    private static void judgeSpending(LedgerLeaf leaf, ExportAuthorisation authorisation, int spent, Verdict verdict) {
        Instant end = Instant.ofEpochSecond(authorisation.getNotAfterUnixSeconds());
        verdict.require(
                !Instant.ofEpochMilli(leaf.getRecordedAtUnixMillis()).isAfter(end),
                Rule.AUTHORISATION_EXPIRED,
                "export authorisation %s ended at %s",
                authorisation.getAuthorisationId(),
                end);
        verdict.require(
                leaf.getTransfer().getToId().equals(authorisation.getCentreId()),
                Rule.AUTHORISATION_CENTRE,
                "export authorisation %s is for centre %s, not %s",
                authorisation.getAuthorisationId(),
                authorisation.getCentreId(),
                leaf.getTransfer().getToId());
        verdict.require(
                spent < authorisation.getQuantity(),
                Rule.AUTHORISATION_EXHAUSTED,
                "unit %d under export authorisation %s, whose quantity is %d",
                spent + 1,
                authorisation.getAuthorisationId(),
                authorisation.getQuantity());
    }

    void apply(LedgerLeaf leaf, long index) {
        Transfer transfer = leaf.getTransfer();
        UnitHistory unit = state.bornUnit(leaf.getSerial());
        unit.voucher.add(Shape.digest(transfer.getEntrySha256()));
        unit.holderId = Optional.of(transfer.getToId());
        unit.transferIndices.add(index);
        state.transferredFrom.add(Shape.digest(transfer.getPreviousSha256()));
        state.spentAuthorisations
                .computeIfAbsent(Shape.digest(transfer.getExportAuthorisationSha256()), key -> new HashSet<>())
                .add(unit.serial);
    }
}
