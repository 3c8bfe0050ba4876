package io.kryla.station.cli;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.licensor.Draft;
import io.kryla.factory.licensor.VerifiedLineRequest;
import io.kryla.identity.VerifiedLicense;
import io.kryla.station.licensor.LicensorHouse;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.License;
import io.kryla.v1.Royalty;
import io.kryla.v1.RoyaltyEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla licensor license}. */
@Command(
        name = "license",
        description = "Draft a line's license, or its next revision: a raise, a recall, other terms.",
        mixinStandardHelpOptions = true)
final class LicensorLicenseCommand extends KrylaCommand {
    /** What an acceptance has to show at least. */
    enum Level {
        DESIGN(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN),
        SITL(AcceptanceLevel.ACCEPTANCE_LEVEL_SITL),
        BOARD(AcceptanceLevel.ACCEPTANCE_LEVEL_BOARD);

        private final AcceptanceLevel level;

        Level(AcceptanceLevel level) {
            this.level = level;
        }
    }

    /** What a royalty is owed for. */
    enum Event {
        BORN(RoyaltyEvent.ROYALTY_EVENT_BORN),
        ACCEPTED(RoyaltyEvent.ROYALTY_EVENT_ACCEPTED),
        HANDED_OVER(RoyaltyEvent.ROYALTY_EVENT_HANDED_OVER);

        private final RoyaltyEvent event;

        Event(RoyaltyEvent event) {
            this.event = event;
        }
    }

    @Mixin
    private LicensorOptions where = new LicensorOptions();

    @Mixin
    private LicensorDraftCommands.OutOption out = new LicensorDraftCommands.OutOption();

    @Option(names = "--line", paramLabel = "LINE", required = true, description = "The line.")
    @SuppressWarnings("NullAway.Init") // required
    private String line;

    @Option(
            names = "--quota",
            paramLabel = "N",
            required = true,
            description = "Units in all, those included that were born: a number below them stops further births.")
    private int quota;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Last day, such as 2027-06-30 (default: in a year; of a later revision: as before).")
    private @Nullable LocalDate until;

    @Option(
            names = "--serial-prefix",
            paramLabel = "PREFIX",
            description = "Maker code, length and first characters of its serials (default: maker code, 8, line).")
    private @Nullable String serialPrefix;

    @Option(names = "--territory", paramLabel = "CC", description = "Country to build in (default: the line's).")
    private @Nullable List<String> territories;

    @Option(names = "--firmware-floor", paramLabel = "N", description = "Lowest firmware release (default: 1).")
    private @Nullable Long firmwareFloor;

    @Option(names = "--level", paramLabel = "LEVEL", description = "${COMPLETION-CANDIDATES} (default: DESIGN).")
    private @Nullable Level level;

    @Option(names = "--royalty-event", paramLabel = "EVENT", description = "${COMPLETION-CANDIDATES} (default: BORN).")
    private @Nullable Event royaltyEvent;

    @Option(names = "--royalty", paramLabel = "N", description = "In the currency's minor unit (default: 0).")
    private @Nullable Long royaltyMinorUnits;

    @Option(names = "--currency", paramLabel = "CUR", description = "ISO 4217 (default: EUR).")
    private @Nullable String currency;

    @Override
    CommandResult run(FrontDoor door) {
        LicensorHouse house = where.open(door);
        VerifiedLineRequest request = house.line(line);
        if (quota < 0) {
            throw CommandFailure.usage("QUOTA_NEGATIVE", "0 or more expected", "--quota " + quota, "correct it");
        }
        Optional<VerifiedLicense> known = house.license(line);
        License terms = changed(known.map(VerifiedLicense::content)
                .orElseGet(() -> first(house, request, door.wallClock().instant())));
        License next = known.isPresent() ? LicensorDesk.nextRevision(known.get(), terms) : terms;
        return LicensorDraftCommands.written(out.path(), Draft.of(next), house);
    }

    private static License first(LicensorHouse house, VerifiedLineRequest request, Instant now) {
        return License.newBuilder()
                .setPolicyOid(house.lineCaPolicies(request.line()).get(0))
                .setRevision(1)
                .setDesignOid(house.settings().designOid())
                .setLine(request.line())
                .setLedgerOrigin(request.ledgerOrigin())
                .setLineCaKeySha256(
                        ByteString.copyFrom(request.lineCaKey().spkiSha256().bytes()))
                .setSerialPrefix(house.bundle().makerCode() + "8"
                        + request.line().replace("-", "").toUpperCase(Locale.ROOT))
                .setNotBeforeUnixSeconds(now.getEpochSecond())
                .setNotAfterUnixSeconds(now.atZone(ZoneOffset.UTC).plusYears(1).toEpochSecond())
                .addTerritories(request.name().country())
                .setFirmwareFloor(1)
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN)
                .setRoyalty(Royalty.newBuilder()
                        .setEvent(RoyaltyEvent.ROYALTY_EVENT_BORN)
                        .setCurrency("EUR"))
                .build();
    }

    private License changed(License terms) {
        License.Builder next = terms.toBuilder().setQuota(quota);
        if (until != null) {
            next.setNotAfterUnixSeconds(
                    until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1);
        }
        if (serialPrefix != null) {
            next.setSerialPrefix(serialPrefix);
        }
        if (territories != null) {
            next.clearTerritories().addAllTerritories(territories);
        }
        if (firmwareFloor != null) {
            next.setFirmwareFloor(firmwareFloor);
        }
        if (level != null) {
            next.setMinimumAcceptanceLevel(level.level);
        }
        Royalty.Builder royalty = next.getRoyaltyBuilder();
        if (royaltyEvent != null) {
            royalty.setEvent(royaltyEvent.event);
        }
        if (royaltyMinorUnits != null) {
            royalty.setAmountMinorUnits(royaltyMinorUnits);
        }
        if (currency != null) {
            royalty.setCurrency(currency);
        }
        return next.build();
    }
}
