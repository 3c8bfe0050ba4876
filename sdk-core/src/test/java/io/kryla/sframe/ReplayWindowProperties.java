package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.sframe.ReplayWindow.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ReplayWindowProperties {
    @Property(tries = 200)
    void agreesWithASetThatForgetsNothing(
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 4000) Long> counters) {
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long newest = -1;
        for (long counter : counters) {
            Verdict verdict = window.check(counter);
            if (counter > newest) {
                assertThat(verdict).isEqualTo(Verdict.FRESH);
            } else if (newest - counter >= ReplayWindow.BITS) {
                assertThat(verdict).isEqualTo(Verdict.BEHIND_WINDOW);
            } else {
                assertThat(verdict).isEqualTo(seen.contains(counter) ? Verdict.SEEN : Verdict.FRESH);
            }
            if (verdict == Verdict.FRESH) {
                window.commit(counter);
                seen.add(counter);
                newest = Math.max(newest, counter);
            }
        }
    }
}
