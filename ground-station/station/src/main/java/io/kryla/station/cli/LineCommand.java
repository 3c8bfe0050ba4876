package io.kryla.station.cli;

import picocli.CommandLine.Command;

/** {@code kryla line}. */
@Command(
        name = "line",
        description = "Run a production line.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LineServeCommand.class})
final class LineCommand extends CommandGroup {}
