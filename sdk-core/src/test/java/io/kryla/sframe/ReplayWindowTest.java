package io.kryla.sframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.sframe.ReplayWindow.Verdict;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void takesEachCounterOnce() {
        window.commit(0);
        assertThat(window.check(0)).isEqualTo(Verdict.SEEN);
        assertThat(window.check(1)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void checkingRemembersNothing() {
        window.check(7);
        assertThat(window.check(7)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void takesWhatCameLateAsLongAsItIsInside() {
        window.commit(5000);
        assertThat(window.check(5000 - 1023)).isEqualTo(Verdict.FRESH);
        window.commit(5000 - 1023);
        assertThat(window.check(5000 - 1023)).isEqualTo(Verdict.SEEN);
        assertThat(window.check(5000 - 1024)).isEqualTo(Verdict.BEHIND_WINDOW);
    }

    @Test
    void forgetsNothingInsideWhenItMovesByLessThanAWord() {
        for (long counter = 0; counter < 3000; counter++) {
            window.commit(counter);
            long oldest = Math.max(0, counter - 1023);
            assertThat(window.check(oldest)).isEqualTo(Verdict.SEEN);
            assertThat(window.check(counter + 1)).isEqualTo(Verdict.FRESH);
        }
    }

    @Test
    void aLeapOverTheWholeWindowLeavesOnlyTheNewest() {
        window.commit(1);
        window.commit(1 + 1_000_000);
        assertThat(window.check(1_000_000)).isEqualTo(Verdict.FRESH);
        assertThat(window.check(1)).isEqualTo(Verdict.BEHIND_WINDOW);
    }

    @Test
    void refusesToCommitWhatIsNotFresh() {
        window.commit(3);
        assertThatThrownBy(() -> window.commit(3)).isInstanceOf(IllegalArgumentException.class);
    }
}
