package io.kryla.wycheproof;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.wycheproof.Vectors.Result;
import io.kryla.wycheproof.Vectors.Vector;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what we do with each vector against what its authors say, and counts. */
public final class Tally {
    private static final Logger log = LoggerFactory.getLogger("io.kryla.counted");

    private Tally() {}

    /**
     * Asserts of every vector that it passes exactly if it should.
     *
     * @param passes what we do with it
     * @param policy whether we take one of those that may be taken or refused
     * @param counts of valid, invalid and acceptable vectors, so that none is lost unseen
     */
    public static void hold(List<Vector> vectors, Predicate<Vector> passes, Predicate<Vector> policy, int... counts) {
        Map<Result, Integer> tally = new EnumMap<>(Result.class);
        for (Vector vector : vectors) {
            boolean due = switch (vector.result()) {
                case VALID -> true;
                case INVALID -> false;
                case ACCEPTABLE -> policy.test(vector);
            };
            assertThat(passes.test(vector))
                    .as(vector + " is " + vector.result())
                    .isEqualTo(due);
            tally.merge(vector.result(), 1, Integer::sum);
        }
        log.info("Wycheproof {}: {}", vectors.get(0).file(), tally);
        for (Result result : Result.values()) {
            assertThat(tally.getOrDefault(result, 0)).as(result.name()).isEqualTo(counts[result.ordinal()]);
        }
    }
}
