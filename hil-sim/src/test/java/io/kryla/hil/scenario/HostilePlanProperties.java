package io.kryla.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever stands in a plan, reading it ends in a plan or in one kind of exception with a stable code. */
class HostilePlanProperties {
    private static final byte[] HANDOVER = AcceptancePlan.handoverPlan();

    @Property(tries = 300)
    void anyBytes(@ForAll @Size(max = 200) byte[] bytes) {
        readsOrSaysWhy(bytes);
    }

    @Property(tries = 300)
    void anyByteOfThePlanReplaced(@ForAll @IntRange(min = 0, max = 10_000) int at, @ForAll byte value) {
        var bytes = HANDOVER.clone();
        bytes[at % bytes.length] = value;
        readsOrSaysWhy(bytes);
    }

    @Property(tries = 300)
    void anyPieceCutOut(
            @ForAll @IntRange(min = 0, max = 10_000) int from, @ForAll @IntRange(min = 1, max = 60) int length) {
        var text = new String(HANDOVER, StandardCharsets.UTF_8);
        int start = from % text.length();
        int end = Math.min(text.length(), start + length);
        readsOrSaysWhy((text.substring(0, start) + text.substring(end)).getBytes(StandardCharsets.UTF_8));
    }

    private static void readsOrSaysWhy(byte[] bytes) {
        try {
            assertThat(AcceptancePlan.parse("plan.yaml", bytes).actions()).isNotEmpty();
        } catch (ScenarioException e) {
            assertThat(e.code()).isEqualTo("PLAN_INVALID");
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
            });
        }
    }
}
