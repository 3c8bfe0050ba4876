package io.kryla.station.cli;

import picocli.CommandLine.Command;

/** {@code kryla witness}. */
@Command(
        name = "witness",
        description = "Be a line's witness, or carry its requests to one and back as files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WitnessServeCommand.class,
            WitnessRequestCommand.class,
            WitnessCosignCommand.class,
            WitnessImportCommand.class
        })
final class WitnessCommand extends CommandGroup {}
