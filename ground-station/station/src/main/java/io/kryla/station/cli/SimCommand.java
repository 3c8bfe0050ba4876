package io.kryla.station.cli;

import picocli.CommandLine.Command;

/** {@code kryla sim}. */
@Command(
        name = "sim",
        description = "The simulator by itself.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SimPlanCommand.class,
            SimHandoverCommand.class,
            SimDefectsCommand.class,
            SimCampaignCommand.class,
            SimValidateCommand.class
        })
final class SimCommand extends CommandGroup {}
