package io.kryla.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The wheel beside a map of times. */
class TurnWheelProperties {
    private static final long SLOT_NANOS = 1 << 20;
    private static final int STEPS = 400;

    @Property(tries = 200)
    void everySeatIsTakenOnceWithinTwoSlotsOfItsTimeAndNeverBefore(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int seats) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long now = chance.nextLong(Long.MAX_VALUE / 4);
        LinkLoop loop = LinkLoop.open(() -> 0);
        TurnWheel wheel = new TurnWheel(now);
        List<LinkLoop.Seat> all = new ArrayList<>();
        for (int i = 0; i < seats; i++) {
            all.add(new LinkLoop.Seat(loop, () -> 0));
        }
        Map<LinkLoop.Seat, Long> due = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            LinkLoop.Seat seat = all.get(chance.nextInt(seats));
            switch (chance.nextInt(4)) {
                case 0 -> {
                    wheel.remove(seat);
                    due.remove(seat);
                }
                case 1 -> now += chance.nextLong(SLOT_NANOS * (chance.nextInt(10) == 0 ? 600 : 3));
                default -> {
                    long at = now + chance.nextLong(-SLOT_NANOS, 400 * SLOT_NANOS);
                    wheel.put(seat, at);
                    due.put(seat, at);
                }
            }
            for (LinkLoop.Seat taken = wheel.takeDue(now); taken != null; taken = wheel.takeDue(now)) {
                assertThat(due.remove(taken)).isNotNull().isLessThanOrEqualTo(now);
            }
            long late = now - 2 * SLOT_NANOS;
            assertThat(due.values()).allMatch(at -> at > late);
            if (!due.isEmpty()) {
                long earliest =
                        due.values().stream().min(Comparator.naturalOrder()).orElseThrow();
                assertThat(wheel.nanosUntilNext(now)).isLessThanOrEqualTo(Math.max(0, earliest - now) + 2 * SLOT_NANOS);
            }
        }
        loop.close();
    }
}
