package io.kryla.ground.fleet;

import io.kryla.codec.RecordView;
import io.kryla.ground.stream.TelemetryException;
import io.kryla.ground.stream.TelemetryRelay;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what a flight log brought to followers first, which lose nothing, then to subscribers: of this log, and of all
 * logs of the station. Registration from any thread; delivery by the link's worker.
 */
final class FlightFeed {
    private static final Logger LOG = LoggerFactory.getLogger(FlightFeed.class);

    private final List<FlightFollower> followers = new CopyOnWriteArrayList<>();
    private final FlightOrigin origin;
    private final TelemetryRelay own;
    private final TelemetryRelay everyLog;
    private final List<AuthenticViewListener> authenticViews = new CopyOnWriteArrayList<>();
    private final List<AttestedViewListener> attestedViews = new CopyOnWriteArrayList<>();
    private final RecordView view = new RecordView();
    private boolean ended;

    FlightFeed(FlightOrigin origin, TelemetryRelay own, TelemetryRelay everyLog) {
        this.origin = origin;
        this.own = own;
        this.everyLog = everyLog;
    }

    void add(FlightFollower follower) {
        followers.add(follower);
    }

    /** Tells a follower that came too late. On the worker. */
    void dismissIfEnded(FlightFollower follower) {
        if (ended && followers.remove(follower)) {
            tell(follower, late -> late.onAbandoned("LOG_ENDED"));
        }
    }

    void remove(FlightFollower follower) {
        followers.remove(follower);
    }

    Subscription addView(AuthenticViewListener listener) {
        authenticViews.add(listener);
        return () -> authenticViews.remove(listener);
    }

    Subscription addView(AttestedViewListener listener) {
        attestedViews.add(listener);
        return () -> attestedViews.remove(listener);
    }

    void deliver(List<Claimed> claims) {
        List<AttestedRecord> run = new ArrayList<>();
        for (Claimed claim : claims) {
            if (claim instanceof AttestedRecord attested) {
                if (!run.isEmpty() && !last(run).checkpoint().equals(attested.checkpoint())) {
                    follow(run);
                    run = new ArrayList<>();
                }
                run.add(attested);
            }
        }
        if (!run.isEmpty()) {
            follow(run);
        }
        for (Claimed claim : claims) {
            show(claim);
            own.offer(origin, claim);
            everyLog.offer(origin, claim);
        }
    }

    private void show(Claimed claim) {
        if (claim instanceof AuthenticRecord) {
            show(claim, authenticViews, listener -> listener.onAuthentic(origin, view));
        } else {
            show(claim, attestedViews, listener -> listener.onAttested(origin, view));
        }
    }

    private <L> void show(Claimed claim, List<L> listeners, Consumer<L> call) {
        if (listeners.isEmpty() || !claim.readWith(view)) {
            return;
        }
        for (L listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed and hears no more", e);
                listeners.remove(listener);
            }
        }
    }

    private void follow(List<AttestedRecord> run) {
        List<AttestedRecord> records = List.copyOf(run);
        tellFollowers(follower -> follower.onAttested(records, last(records).checkpoint()));
    }

    private static AttestedRecord last(List<AttestedRecord> records) {
        return records.get(records.size() - 1);
    }

    void closed(FlightCheckpoint head) {
        end(follower -> follower.onClosed(head));
        own.complete();
    }

    void abandoned(String code) {
        end(follower -> follower.onAbandoned(code));
        own.breakOff(new TelemetryException(code, "no more of " + origin + " will come: " + code));
    }

    private void end(Consumer<FlightFollower> lastCall) {
        if (!ended) {
            ended = true;
            List<FlightFollower> present = List.copyOf(followers);
            followers.removeAll(present);
            present.forEach(follower -> tell(follower, lastCall));
        }
    }

    private void tellFollowers(Consumer<FlightFollower> call) {
        followers.forEach(follower -> tell(follower, call));
    }

    private void tell(FlightFollower follower, Consumer<FlightFollower> call) {
        try {
            call.accept(follower);
        } catch (RuntimeException e) {
            LOG.warn("a follower failed and is detached", e);
            followers.remove(follower);
        }
    }
}
