package io.kryla.station.cli;

import io.kryla.factory.ledger.JournalEntry;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.units.UnitAct;
import io.kryla.factory.units.UnitActResult;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.OpenKey;
import io.kryla.station.keys.PinFile;
import io.kryla.station.line.LineBadges;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.line.UnitActs;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla line unit}. */
@Command(
        name = "unit",
        description = "Single units of a line: see them, set them aside, rework, scrap, give up.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UnitCommand.ListCommand.class,
            UnitCommand.ShowCommand.class,
            UnitCommand.QuarantineCommand.class,
            UnitCommand.ReleaseCommand.class,
            UnitCommand.ReworkCommand.class,
            UnitCommand.ScrapCommand.class,
            UnitCommand.VoidCommand.class
        })
final class UnitCommand extends CommandGroup {

    /** Which line, and where its ledger lies. */
    static final class LineOptions {
        @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the line.")
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

        @Mixin
        private DatabaseOptions ledger = new DatabaseOptions();

        Premises premises(FrontDoor door) {
            return Premises.open(folder, Optional.ofNullable(pinFile), door.wallClock(), door.random());
        }

        /** To look: nothing is cosigned, so no witness is asked. */
        <T> T look(FrontDoor door, Function<ProductionLine, T> work) {
            return with(premises(door), WitnessClient.none(), work);
        }

        <T> T with(Premises premises, WitnessClient witness, Function<ProductionLine, T> work) {
            String name = line == null ? premises.ownLine() : line;
            try (ProductionLine open = ProductionLine.open(name, premises, witness, ledger.database())) {
                return work.apply(open);
            }
        }
    }

    /** {@code kryla line unit list}. */
    @Command(name = "list", description = "List the units with their states.", mixinStandardHelpOptions = true)
    static final class ListCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Override
        CommandResult run(FrontDoor door) {
            return where.look(door, line -> {
                List<String> lines = new ArrayList<>();
                List<Map<String, Object>> units = new ArrayList<>();
                for (Unit unit : line.ledger().units()) {
                    lines.add(unit.serial() + "  " + unit.state() + "  claimed " + unit.claimedAt());
                    units.add(members(unit));
                }
                if (lines.isEmpty()) {
                    lines.add("No unit yet at " + line.name());
                }
                return CommandResult.pass(lines, List.of(), Map.of("line", line.name(), "units", units));
            });
        }
    }

    /** {@code kryla line unit show}. */
    @Command(name = "show", description = "Show what happened to a unit.", mixinStandardHelpOptions = true)
    static final class ShowCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Parameters(paramLabel = "SERIAL", description = "Serial of the unit.")
        @SuppressWarnings("NullAway.Init") // required
        private String serial;

        @Override
        CommandResult run(FrontDoor door) {
            return where.look(door, line -> {
                Unit unit = line.ledger().unit(serial).orElseThrow(() -> unknown(serial));
                List<String> lines = new ArrayList<>();
                List<Map<String, Object>> journal = new ArrayList<>();
                lines.add(unit.serial() + "  " + unit.state() + "  claimed " + unit.claimedAt());
                for (JournalEntry entry : line.ledger().journal(serial)) {
                    lines.add("  " + entry.at() + "  " + entry.actorId() + "  " + entry.step() + "  " + entry.detail());
                    Map<String, Object> step = new LinkedHashMap<>();
                    step.put("at", entry.at().toString());
                    step.put("actor", entry.actorId());
                    step.put("step", entry.step());
                    step.put("detail", entry.detail());
                    journal.add(step);
                }
                Map<String, Object> details = new LinkedHashMap<>(members(unit));
                details.put("journal", journal);
                return CommandResult.pass(lines, List.of(), details);
            });
        }
    }

    private static Map<String, Object> members(Unit unit) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("serial", unit.serial());
        members.put("state", unit.state().name());
        members.put("claimed_at", unit.claimedAt().toString());
        return members;
    }

    private static CommandFailure unknown(String serial) {
        return CommandFailure.usage("UNIT_UNKNOWN", "no such unit at this line", serial, "see 'kryla line unit list'");
    }

    /** What every act takes. */
    abstract static class ActCommand extends KrylaCommand {
        @Mixin
        private LineOptions where = new LineOptions();

        @Parameters(paramLabel = "SERIAL", description = "Serial of the unit.")
        @SuppressWarnings("NullAway.Init") // required
        private String serial;

        @Option(
                names = "--witness",
                paramLabel = "URL",
                description = "The line's witness, http://localhost:14900 (default: the one in DIR.private).")
        private @Nullable String witnessUrl;

        @Option(
                names = "--reason",
                paramLabel = "CODE",
                required = true,
                description = "Why, as a code of capitals, digits and underscores, such as FRAME_BROKEN.")
        @SuppressWarnings("NullAway.Init") // required
        private String reason;

        @Option(
                names = "--badge",
                paramLabel = "FILE|URI",
                required = true,
                description =
                        "Badge of whoever does it: a key file, or a token as pkcs11:slot-id=N?module-path=LIBRARY.")
        @SuppressWarnings("NullAway.Init") // required
        private String badge;

        @Option(
                names = "--pin-file",
                paramLabel = "FILE",
                required = true,
                description = "File with the badge's PIN, mode 600.")
        @SuppressWarnings("NullAway.Init") // required
        private Path pinFile;

        abstract UnitAct act();

        /** The second person's badge and PIN file. */
        Optional<Map.Entry<String, Path>> approver() {
            return Optional.empty();
        }

        @Override
        CommandResult run(FrontDoor door) {
            if (!reason.matches("[A-Z][A-Z0-9_]{0,63}")) {
                throw CommandFailure.usage(
                        "REASON_MALFORMED", "a code expected", "--reason " + reason, "such as FRAME_BROKEN");
            }
            Premises premises = where.premises(door);
            if (witnessUrl != null) {
                return where.with(premises, LineRestoreCommand.witness(witnessUrl), this::act);
            }
            try (Witness witness = premises.openWitness()) {
                return where.with(premises, witness, this::act);
            }
        }

        private CommandResult act(ProductionLine line) {
            if (line.ledger().unit(serial).isEmpty()) {
                throw unknown(serial);
            }
            UnitActs acts = new UnitActs(line, LineBadges.open(line.premises(), line.name()));
            UnitActResult.Done done = with(
                    badge,
                    pinFile,
                    person -> approver()
                            .map(other -> with(
                                    other.getKey(),
                                    other.getValue(),
                                    second -> acts.act(
                                            act(), serial, reason, person.signer(), Optional.of(second.signer()))))
                            .orElseGet(() -> acts.act(act(), serial, reason, person.signer(), Optional.empty())));
            return result(done);
        }

        private static <T> T with(String place, Path pinFile, Function<OpenKey, T> work) {
            char[] pin = PinFile.read(pinFile);
            try (OpenKey key = KeyPlace.parse(place, "badge").open(pin)) {
                return work.apply(key);
            } finally {
                Arrays.fill(pin, '\0');
            }
        }

        private static CommandResult result(UnitActResult.Done done) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("serial", done.serial());
            details.put("state", done.state().name());
            done.leafIndex().ifPresent(index -> details.put("leaf", index));
            return CommandResult.pass(
                    List.of(done.serial() + " is " + done.state()
                            + (done.leafIndex().isPresent()
                                    ? "; ledger index " + done.leafIndex().getAsLong()
                                    : "")),
                    List.of(),
                    details);
        }
    }

    /** {@code kryla line unit quarantine}. */
    @Command(
            name = "quarantine",
            description = "Set a unit aside: nothing happens to it until it is released.",
            mixinStandardHelpOptions = true)
    static final class QuarantineCommand extends ActCommand {
        @Override
        UnitAct act() {
            return UnitAct.QUARANTINE;
        }
    }

    /** {@code kryla line unit release}. */
    @Command(
            name = "release",
            description = "Release a unit to where it stood; the quality role alone.",
            mixinStandardHelpOptions = true)
    static final class ReleaseCommand extends ActCommand {
        @Override
        UnitAct act() {
            return UnitAct.RELEASE;
        }
    }

    /** {@code kryla line unit rework}. */
    @Command(
            name = "rework",
            description =
                    "Record that a born unit was repaired: a new revision of the same serial, which spends nothing.",
            mixinStandardHelpOptions = true)
    static final class ReworkCommand extends ActCommand {
        @Override
        UnitAct act() {
            return UnitAct.REWORK;
        }
    }

    /** {@code kryla line unit scrap}. */
    @Command(
            name = "scrap",
            description = "Record that a born unit was destroyed, by two persons; its unit of the quota stays spent.",
            mixinStandardHelpOptions = true)
    static final class ScrapCommand extends ActCommand {
        @Option(
                names = "--second-badge",
                paramLabel = "FILE|URI",
                required = true,
                description = "Badge of the other person, who approves it.")
        @SuppressWarnings("NullAway.Init") // required
        private String secondBadge;

        @Option(
                names = "--second-pin-file",
                paramLabel = "FILE",
                required = true,
                description = "File with the other badge's PIN, mode 600.")
        @SuppressWarnings("NullAway.Init") // required
        private Path secondPinFile;

        @Override
        UnitAct act() {
            return UnitAct.SCRAP;
        }

        @Override
        Optional<Map.Entry<String, Path>> approver() {
            return Optional.of(Map.entry(secondBadge, secondPinFile));
        }
    }

    /** {@code kryla line unit void}. */
    @Command(
            name = "void",
            description = "Give a unit up before its birth: its unit of the quota is free again, its serial is not.",
            mixinStandardHelpOptions = true)
    static final class VoidCommand extends ActCommand {
        @Override
        UnitAct act() {
            return UnitAct.VOID;
        }
    }
}
