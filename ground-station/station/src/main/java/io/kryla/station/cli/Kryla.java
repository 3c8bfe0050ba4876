package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code kryla}. */
@Command(
        name = "kryla",
        versionProvider = BuildVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Software of a licensed UAV production line: provisioning, acceptance flights, handover, audit.",
        subcommands = {
            DemoCommand.class,
            LicensorCommand.class,
            LineCommand.class,
            WitnessCommand.class,
            ProvisionCommand.class,
            SimCommand.class,
            AirframeCommand.class,
            GroundCommand.class,
            AuditCommand.class,
            VerifyCommand.class,
            CapsuleCommand.class,
            ExporterCommand.class,
            RecordingCommand.class,
            VerdictCommand.class
        },
        footer = {
            "",
            "Exit status: 0 pass; 1 failed verification, failed acceptance or refusal; 2 usage; 3 error of the rig.",
            "Errors are one line on standard error: CODE: what; where; what to do."
        })
public final class Kryla {
    private Kryla() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = run(out, err, args);
        if (Interruption.processEnds()) {
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }

    /** Runs one command and returns its exit status; what {@link #main} does short of ending the process. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    /** The model of all commands, for documentation and its tests. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Kryla());
        commandLine.setParameterExceptionHandler(Kryla::usageError);
        commandLine.setExecutionExceptionHandler(Kryla::executionError);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    private static int usageError(ParameterException e, String[] args) {
        CommandLine failed = e.getCommandLine();
        String command = failed.getCommandSpec().qualifiedName(" ");
        String what = String.valueOf(e.getMessage()).replace('\n', ' ');
        CommandFailure failure = CommandFailure.usage("USAGE", what, command, "see " + command + " --help");
        boolean json = Arrays.asList(args).contains("--json");
        return report(failed, failure, json, e, Arrays.asList(args).contains("--debug"));
    }

    private static int executionError(Exception e, CommandLine failed, ParseResult parsed) {
        KrylaCommand command = failed.getCommand();
        return report(failed, Failures.of(e), command.json(), e, command.debug());
    }

    private static int report(
            CommandLine commandLine, CommandFailure failure, boolean json, Exception cause, boolean debug) {
        PrintWriter err = commandLine.getErr();
        err.println(String.join("; ", failure.code() + ": " + failure.what(), failure.where(), failure.remedy()));
        if (debug) {
            cause.printStackTrace(err);
        }
        err.flush();
        if (json) {
            String name = commandLine.getCommandSpec().qualifiedName(" ");
            new ResultPrinter(commandLine.getOut(), true).print(name, ResultPrinter.ofFailure(failure));
        }
        return failure.status().code();
    }
}
