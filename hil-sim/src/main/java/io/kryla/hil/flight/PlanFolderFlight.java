package io.kryla.hil.flight;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.AirframeDefect;
import io.kryla.hil.scenario.PlanFolder;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Flies every plan of a folder on as many threads as asked for, each in memory ({@link UnsignedFlight}). The verdicts do not
 * depend on the threads.
 *
 * @param vehicle that flies a plan, by the plan's file name and the plan
 * @param defect planted into the airframe, if any
 * @param build of the simulator, for the verdicts
 */
public record PlanFolderFlight(
        PlanFolder folder,
        Function<Map.Entry<String, AcceptancePlan>, VehicleFile> vehicle,
        long seed,
        Optional<AirframeDefect> defect,
        String build) {

    /**
     * Flies; returns when all have come down.
     *
     * @param done told of each verdict as soon as it is known, with the plan's file name; called on the flying threads
     * @return by file name, in the folder's order
     */
    public Map<String, Verdict> fly(int threads, BiConsumer<String, Verdict> done) {
        ExecutorService flying = Executors.newFixedThreadPool(threads);
        try {
            Map<String, Future<Verdict>> flights = new LinkedHashMap<>();
            folder.plans().entrySet().forEach(entry -> flights.put(entry.getKey(), flying.submit(flight(entry, done))));
            Map<String, Verdict> verdicts = new LinkedHashMap<>();
            for (var flight : flights.entrySet()) {
                verdicts.put(flight.getKey(), result(flight.getValue()));
            }
            return verdicts;
        } finally {
            flying.shutdownNow();
        }
    }

    private Callable<Verdict> flight(Map.Entry<String, AcceptancePlan> entry, BiConsumer<String, Verdict> done) {
        return () -> {
            var plan =
                    defect.map(planted -> planted.plantedIn(entry.getValue())).orElse(entry.getValue());
            var verdict = UnsignedFlight.fly(new FlightSetup(plan, vehicle.apply(entry), seed), build);
            done.accept(entry.getKey(), verdict);
            return verdict;
        };
    }

    private static Verdict result(Future<Verdict> flight) {
        try {
            return flight.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RigError("RIG_INTERRUPTED", "the flights were interrupted; fly again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Of a flight: what failed in words, the course first; empty when it passed. */
    public static List<String> failings(Verdict verdict) {
        return Stream.concat(
                        Stream.of(verdict.course().remark()).filter(remark -> !remark.isEmpty()),
                        verdict.criteria().stream()
                                .filter(result -> result.outcome() != Outcome.PASS)
                                .map(result -> result.criterion().name()))
                .toList();
    }
}
