package io.kryla.station.cli;

import picocli.CommandLine.Command;

/** {@code kryla licensor}. */
@Command(
        name = "licensor",
        description = "The licensor's desk, offline: what several persons sign, one after the other, on files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LicensorKeyCommand.class,
            LicensorInitCommand.class,
            LicensorDraftCommands.LineCommand.class,
            LicensorDraftCommands.BundleCommand.class,
            LicensorLicenseCommand.class,
            LicensorDraftCommands.FirmwareCommand.class,
            LicensorDraftCommands.RevokeCommand.class,
            LicensorSignCommand.class,
            LicensorTakeCommands.TakeCommand.class,
            LicensorTakeCommands.CrlCommand.class,
            LicensorTakeCommands.DeliverCommand.class,
        })
final class LicensorCommand extends CommandGroup {}
