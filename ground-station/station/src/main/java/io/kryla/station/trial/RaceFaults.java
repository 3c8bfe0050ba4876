package io.kryla.station.trial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Kills services and makes them stand still, each after so many answers as the seed says. Safe for any thread; a kill is done by the
 * station that had the answer, while the others meet what it leaves.
 */
final class RaceFaults {
    private static final long PAUSE_MILLIS = 200;

    private record Fault(long afterAnswers, int service, boolean isKill) {}

    private final List<ServiceProcess> services;
    private final ScheduledExecutorService later;
    private final Deque<Fault> due = new ArrayDeque<>();
    private long answers;
    private int kills;
    private int pauses;

    RaceFaults(
            List<ServiceProcess> services,
            ScheduledExecutorService later,
            int kills,
            int pauses,
            long expectedAnswers,
            RandomGenerator chance) {
        this.services = services;
        this.later = later;
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < kills + pauses; i++) {
            faults.add(new Fault(1 + chance.nextLong(expectedAnswers), chance.nextInt(services.size()), i < kills));
        }
        faults.sort((a, b) -> Long.compare(a.afterAnswers(), b.afterAnswers()));
        due.addAll(faults);
    }

    void answered() {
        Fault fault;
        synchronized (this) {
            answers++;
            if (due.isEmpty() || due.element().afterAnswers() > answers) {
                return;
            }
            fault = due.remove();
            kills += fault.isKill() ? 1 : 0;
            pauses += fault.isKill() ? 0 : 1;
        }
        ServiceProcess service = services.get(fault.service());
        if (fault.isKill()) {
            service.killAndRestart();
        } else {
            service.standStill();
            later.schedule(service::goOn, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    synchronized int kills() {
        return kills;
    }

    synchronized int pauses() {
        return pauses;
    }
}
