package io.kryla.airframe;

import io.kryla.link.LinkLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A link's turns on a loop that it shares with others; what blocks runs on the executor beside it. */
final class LoopLinkThread implements LinkThread {
    private final LinkLoop loop;
    private final Executor executor;
    private volatile LinkLoop.@Nullable Seat seat;

    LoopLinkThread(LinkLoop loop, Executor executor) {
        this.loop = loop;
        this.executor = executor;
    }

    void start(GroundLink link) {
        seat = loop.add(() -> turn(link));
    }

    private static long turn(GroundLink link) {
        link.receive(Duration.ZERO);
        long idleNanos = link.turn();
        return idleNanos == GroundLink.ENDED ? LinkLoop.LEAVES : Math.min(idleNanos, link.mostIdleNanos());
    }

    @Override
    public void wakeup() {
        LinkLoop.Seat started = seat;
        if (started != null) {
            started.wakeup();
        }
    }

    @Override
    public Executor setUps() {
        return executor;
    }

    @Override
    public Executor renewals() {
        return executor;
    }

    @Override
    public boolean isLoop() {
        return true;
    }
}
