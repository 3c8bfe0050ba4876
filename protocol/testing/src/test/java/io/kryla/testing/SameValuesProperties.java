package io.kryla.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

class SameValuesProperties {
    private static final List<Integer> TRIED = new ArrayList<>();

    @Property(tries = 20, edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void tries(@ForAll int value) {
        TRIED.add(value);
    }

    @AfterContainer
    static void theSameValuesAsOnAnyMachine() {
        assertThat(TRIED.subList(0, 3)).containsExactly(496, -11, -219);
    }
}
