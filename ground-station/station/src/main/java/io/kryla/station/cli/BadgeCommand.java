package io.kryla.station.cli;

import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.BadgeRegister;
import io.kryla.factory.operators.Card;
import io.kryla.identity.Role;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.OpenKey;
import io.kryla.station.keys.PinFile;
import io.kryla.station.line.LineBadges;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla line badge}. */
@Command(
        name = "badge",
        description = "The badges of a line: who may work there, and as what.",
        mixinStandardHelpOptions = true,
        subcommands = {BadgeCommand.IssueCommand.class, BadgeCommand.ListCommand.class, BadgeCommand.RevokeCommand.class
        })
final class BadgeCommand extends CommandGroup {

    /** Which line. */
    static final class LineOptions {
        @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the line or of a demo.")
        private Path folder = Path.of("kryla-demo");

        @Option(
                names = "--line",
                paramLabel = "LINE",
                description = "The line (default: the first whose keys are here).")
        private @Nullable String line;

        @Option(
                names = "--line-pin-file",
                paramLabel = "FILE",
                description = "File with the PIN of the token that holds the line's keys, mode 600.")
        private @Nullable Path pinFile;

        LineBadges open(FrontDoor door) {
            Premises premises = Premises.open(folder, Optional.ofNullable(pinFile), door.wallClock(), door.random());
            return LineBadges.open(premises, Optional.ofNullable(line).orElseGet(premises::ownLine));
        }
    }

    /** {@code kryla line badge issue}. */
    @Command(
            name = "issue",
            description = "Make a badge's key where it will be used from, and register the badge.",
            mixinStandardHelpOptions = true)
    static final class IssueCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Option(
                names = "--card",
                paramLabel = "CARD",
                required = true,
                description = "Id of the card, which records hold: letters, digits, dots, hyphens; no person's name.")
        @SuppressWarnings("NullAway.Init") // required
        private String card;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                split = ",",
                description = "technician, tester, engineer, quality, export-officer; several with commas.")
        @SuppressWarnings("NullAway.Init") // required
        private List<String> roles;

        @Option(
                names = "--person",
                paramLabel = "ID",
                description = "Id of the person as an earlier card of the same person has it (default: a new person).")
        private @Nullable String person;

        @Option(
                names = "--badge",
                paramLabel = "FILE",
                required = true,
                description = "Where the key is made: a file, or a token as pkcs11:slot-id=N?module-path=LIBRARY.")
        @SuppressWarnings("NullAway.Init") // required
        private String badge;

        @Option(
                names = "--pin-file",
                paramLabel = "FILE",
                required = true,
                description = "File with the badge's PIN, mode 600.")
        @SuppressWarnings("NullAway.Init") // required
        private Path pinFile;

        @Option(names = "--days", paramLabel = "N", description = "Days until the card ends (default: 365).")
        private int days = 365;

        @Override
        CommandResult run(FrontDoor door) {
            KeyPlace place = KeyPlace.parse(badge, "badge");
            Set<Role> held = roles();
            requireSound();
            BadgeDesk desk = where.open(door).desk();
            String personId = person != null ? known(desk, person) : desk.newPersonId();
            if (desk.register().cards().stream().anyMatch(other -> other.id().equalsIgnoreCase(card))) {
                throw CommandFailure.usage(
                        "CARD_EXISTS", "a card of this id is registered", card, "choose another; an id is used once");
            }
            Instant end = door.wallClock().instant().plus(Duration.ofDays(days));
            char[] pin = PinFile.read(pinFile);
            try (OpenKey key = place.make(SignatureAlgorithm.ECDSA_P256_SHA256, pin, door.random())) {
                return result(desk.enrol(card, personId, key.signer().key(), held, end), place);
            } finally {
                Arrays.fill(pin, '\0');
            }
        }

        private Set<Role> roles() {
            Set<Role> held = EnumSet.noneOf(Role.class);
            for (String name : roles) {
                held.add(Role.operators().stream()
                        .filter(role -> word(role).equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.usage(
                                "ROLE_UNKNOWN",
                                "no role " + name,
                                "--role",
                                "choose of "
                                        + Role.operators().stream()
                                                .map(BadgeCommand::word)
                                                .collect(Collectors.joining(", ")))));
            }
            return held;
        }

        private void requireSound() {
            if (!Card.isId(card)) {
                throw CommandFailure.usage(
                        "CARD_MALFORMED",
                        "1 to 64 letters, digits, dots, hyphens expected",
                        "--card " + card,
                        "choose another id; a person's name does not belong into it");
            }
            if (days < 1 || days > 3_650) {
                throw CommandFailure.usage(
                        "DAYS_OUT_OF_RANGE", "1 to 3650 expected", "--days " + days, "choose another number");
            }
        }

        private static String known(BadgeDesk desk, String person) {
            if (!desk.register().knowsPerson(person)) {
                throw CommandFailure.usage(
                        "PERSON_UNKNOWN",
                        "no card of this line is that person's",
                        "--person " + person,
                        "take the id from 'kryla line badge list', or leave it away for a new person");
            }
            return person;
        }

        private static CommandResult result(Card card, KeyPlace place) {
            List<String> lines = new ArrayList<>();
            lines.add(card.id() + " of person " + card.personId() + ": " + words(card) + ", until " + card.notAfter());
            if (place.isFile()) {
                lines.add("WARNING: the badge's key lies in a file that only its PIN protects, and files can be copied:"
                        + " good for a bench, not for a line; use a token");
            }
            Map<String, Object> details = new LinkedHashMap<>(members(card));
            details.put("key_in_file", place.isFile());
            return CommandResult.pass(
                    lines, place instanceof KeyPlace.InFile file ? List.of(file.file()) : List.of(), details);
        }
    }

    /** {@code kryla line badge list}. */
    @Command(name = "list", description = "List the badges of a line.", mixinStandardHelpOptions = true)
    static final class ListCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Override
        CommandResult run(FrontDoor door) {
            BadgeRegister register = where.open(door).desk().register();
            Instant now = door.wallClock().instant();
            List<String> lines = new ArrayList<>();
            List<Map<String, Object>> badges = new ArrayList<>();
            for (Card card : register.cards()) {
                lines.add(card.id() + "  person " + card.personId() + "  " + words(card) + "  " + state(card, now));
                badges.add(members(card));
            }
            if (lines.isEmpty()) {
                lines.add("No badge yet at " + register.line());
            }
            return CommandResult.pass(lines, List.of(), Map.of("line", register.line(), "badges", badges));
        }

        private static String state(Card card, Instant now) {
            return card.revokedAt()
                    .map(at -> "taken back " + at)
                    .orElse((now.isBefore(card.notAfter()) ? "until " : "ended ") + card.notAfter());
        }
    }

    /** {@code kryla line badge revoke}. */
    @Command(
            name = "revoke",
            description = "Take a badge back: nothing that it signs from now on counts.",
            mixinStandardHelpOptions = true)
    static final class RevokeCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Parameters(paramLabel = "CARD", description = "Id of the card.")
        @SuppressWarnings("NullAway.Init") // required
        private String card;

        @Option(
                names = "--lost",
                description = "The badge is in other hands: what it signed this shift does not count either.")
        private boolean lost;

        @Override
        CommandResult run(FrontDoor door) {
            LineBadges badges = where.open(door);
            Card revoked = badges.desk()
                    .revoke(card)
                    .orElseThrow(() -> CommandFailure.usage(
                            "CARD_UNKNOWN", "no such card at this line", card, "see 'kryla line badge list'"));
            List<Path> files = lost ? List.of(badges.disown(revoked)) : List.of();
            return CommandResult.pass(
                    List.of(revoked.id() + " taken back"
                            + (lost ? "; its certificates are on the revocation list of the operations CA" : "")),
                    files,
                    members(revoked));
        }
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Card card) {
        return card.sortedRoles().stream().map(BadgeCommand::word).collect(Collectors.joining(", "));
    }

    private static Map<String, Object> members(Card card) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("card", card.id());
        members.put("person", card.personId());
        members.put("roles", card.sortedRoles().stream().map(BadgeCommand::word).toList());
        members.put("not_after", card.notAfter().toString());
        members.put("revoked_at", card.revokedAt().map(Instant::toString).orElse(""));
        return members;
    }
}
