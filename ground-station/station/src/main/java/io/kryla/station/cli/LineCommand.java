package io.kryla.station.cli;

import picocli.CommandLine.Command;

/** {@code kryla line}. */
@Command(
        name = "line",
        description = "Run a production line, its badges, and put it to its trials.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LineInitCommand.class,
            LineInstallCommand.class,
            LineCrlCommand.class,
            LineServeCommand.class,
            UnitCommand.class,
            BadgeCommand.class,
            LineRehearseCommand.class,
            LineRaceCommand.class,
            LedgerDoorCommand.class,
            LineCrashTestCommand.class,
            CrashServiceCommand.class,
            LineBackupCommand.class,
            LineRestoreCommand.class
        })
final class LineCommand extends CommandGroup {}
