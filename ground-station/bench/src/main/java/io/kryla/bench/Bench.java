package io.kryla.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Measures: what the launcher starts for {@code ./kryla bench} and {@code ./kryla load}. */
@Command(
        name = "kryla",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        description = "Measurements of Kryla. Every other command is in ./kryla --help.",
        subcommands = {Bench.Group.class, LoadCommand.class},
        footer = {
            "",
            "Exit status: 0 measured, or every goal met; 1 a goal was missed; 2 usage; 3 error of the rig.",
            "Errors are one line on standard error: CODE: what; where; what to do."
        })
public final class Bench {
    private static final int USAGE = 2;
    private static final int RIG = 3;

    private Bench() {}

    /** What is measured. */
    @Command(
            name = "bench",
            synopsisSubcommandLabel = "WHAT",
            mixinStandardHelpOptions = true,
            description = "Measures speed, beside that of peers.",
            subcommands = {TelemetryCommand.class, SimCommand.class, FactoryCommand.class})
    static final class Group {
        private Group() {}
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs one command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    /** The model of the commands, for documentation and its tests. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Bench());
        commandLine.setParameterExceptionHandler(Bench::usageError);
        commandLine.setExecutionExceptionHandler(Bench::executionError);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    private static int usageError(ParameterException e, String[] args) {
        CommandLine failed = e.getCommandLine();
        String command = failed.getCommandSpec().qualifiedName(" ");
        report(failed, "USAGE", String.valueOf(e.getMessage()), command, "see " + command + " --help");
        return USAGE;
    }

    private static int executionError(Exception e, CommandLine failed, ParseResult parsed) {
        String command = failed.getCommandSpec().qualifiedName(" ");
        if (e instanceof MeasurementException known) {
            report(failed, known.code(), String.valueOf(known.getMessage()), known.where(), known.remedy());
        } else {
            report(failed, "INTERNAL", e.toString(), command, "run it again; if it stays, report it with this line");
        }
        return RIG;
    }

    private static void report(CommandLine commandLine, String code, String what, String where, String remedy) {
        PrintWriter err = commandLine.getErr();
        err.println(code + ": " + what.replace('\n', ' ') + "; " + where + "; " + remedy);
        err.flush();
    }
}
