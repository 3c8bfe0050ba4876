package io.kryla.station.cli;

import io.kryla.station.outcome.CommandResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has in common: {@code --json}, {@code --debug}, and one way to say how it ended. */
abstract class KrylaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before call()
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Show where in the program an error came from.")
    private boolean debug;

    /** Does the work. Throws {@link io.kryla.station.outcome.CommandFailure} or an SDK exception when it cannot be done at all. */
    abstract CommandResult run(FrontDoor door);

    @Override
    public final Integer call() {
        FrontDoor door = FrontDoor.of(spec.commandLine(), json);
        CommandResult result = run(door);
        print(result);
        return result.status().code();
    }

    /** Says how it ended; for commands that print while they work. */
    void print(CommandResult result) {
        new ResultPrinter(out(), json).print(name(), result);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    String name() {
        return spec.qualifiedName(" ");
    }

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }
}
