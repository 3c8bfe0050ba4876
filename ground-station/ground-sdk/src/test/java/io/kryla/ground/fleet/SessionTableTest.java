package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The table beside a map. */
class SessionTableTest {
    private static final int STEPS = 500;
    /** Ids so far apart share a chain. */
    private static final int APART = 1 << 14;

    @Property(tries = 100)
    void findsWhatAMapFinds(@ForAll long seed) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SessionTable<String> table = new SessionTable<>();
        Map<Integer, Optional<String>> model = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            int id = chance.nextInt(3) + APART * chance.nextInt(6);
            switch (chance.nextInt(3)) {
                case 0 -> assertThat(table.reserve(id)).isEqualTo(model.putIfAbsent(id, Optional.empty()) == null);
                case 1 -> {
                    String session = "session " + step;
                    table.put(id, session);
                    model.put(id, Optional.of(session));
                }
                default -> {
                    table.remove(id);
                    model.remove(id);
                }
            }
            int asked = chance.nextInt(3) + APART * chance.nextInt(6);
            assertThat(Optional.ofNullable(table.get(asked))).isEqualTo(model.getOrDefault(asked, Optional.empty()));
        }
        Set<String> open = new HashSet<>();
        table.forEach(open::add);
        Set<String> expected = new HashSet<>();
        model.values().forEach(session -> session.ifPresent(expected::add));
        assertThat(open).isEqualTo(expected);
        assertThat(table.open()).isEqualTo(expected.size());
        assertThat(table.get(-1)).isNull();
    }
}
