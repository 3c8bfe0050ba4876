package io.kryla.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kryla.bench.load.LoadPlan;
import io.kryla.bench.load.LoadResult;
import io.kryla.bench.load.LoadRun;
import io.kryla.bench.load.OpenFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts many airframes on one station and says whether it bears them. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Flies many airframes at once against one station: the agent that firmware embeds, real TLS and UDP on loopback,"
                    + " in a process of their own.",
            "Exit 1 when a sample was lost, the 99th percentile of latency to the subscriber is not below --max-p99, or the"
                    + " station's heap grew. Page: docs/benchmarks.md."
        })
final class LoadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before call()
    private CommandSpec spec;

    @Option(names = "--airframes", paramLabel = "N", required = true, description = "How many: 1 to 50,000.")
    private int airframes;

    @Option(names = "--rate", paramLabel = "HZ", required = true, description = "Samples a second of each: 1 to 1,000.")
    private int rateHz;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long, after five seconds to warm up; ${DEFAULT-VALUE} unless said otherwise.")
    private int seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the moments at which samples fall; ${DEFAULT-VALUE} unless said otherwise.")
    private long seed;

    @Option(
            names = "--max-p99",
            paramLabel = "MS",
            defaultValue = "50",
            description =
                    "What the 99th percentile of latency has to stay below; ${DEFAULT-VALUE} unless said otherwise.")
    private int mostP99Millis;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        LoadResult result = run(plan());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(result));
            out.flush();
        } else {
            result.print(out);
        }
        return result.passed() ? 0 : 1;
    }

    private LoadPlan plan() {
        try {
            return new LoadPlan(airframes, rateHz, seconds, seed, mostP99Millis);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    /** Not half-way through, by an airframe that cannot connect. */
    private void requireOpenFiles(LoadPlan plan) {
        long most = OpenFiles.most();
        if (plan.openFiles() > most) {
            throw new MeasurementException(
                    "OPEN_FILES_SHORT",
                    plan.airframes() + " airframes take " + plan.openFiles() + " open files, and a process here has "
                            + most,
                    "--airframes",
                    "raise the limit first (ulimit -n " + plan.openFiles() + "), or fly fewer");
        }
    }

    private LoadResult run(LoadPlan plan) {
        requireOpenFiles(plan);
        PrintWriter progress =
                json ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
        try {
            return new LoadRun(plan, progress).run();
        } catch (IOException e) {
            throw new MeasurementException(
                    "AIRFRAMES_FAILED",
                    "the process of the airframes ended early: " + e,
                    spec.qualifiedName(" "),
                    "see its message above; perhaps memory, or open files (ulimit -n, two for each airframe), run short",
                    e);
        }
    }

    private String toJson(LoadResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", spec.qualifiedName(" "));
        object.put("ok", result.passed());
        object.put("nothingLost", result.nothingLost());
        object.put("inTime", result.inTime());
        object.put("heapFlat", result.heapFlat());
        object.put("result", result);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers are expressible in JSON", e);
        }
    }
}
