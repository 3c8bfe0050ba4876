package io.kryla.airframe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A thread for one link alone, which waits for that link's datagrams and sets its sessions up. */
final class OwnLinkThread implements LinkThread {
    private final String name;
    private boolean woken;

    OwnLinkThread(String name) {
        this.name = name;
    }

    void start(GroundLink link) {
        startDaemon(() -> run(link), name);
    }

    private void run(GroundLink link) {
        for (long idleNanos = link.turn(); idleNanos != GroundLink.ENDED; idleNanos = link.turn()) {
            Optional<LiveSession> session = link.current();
            if (session.isPresent()) {
                link.receive(Duration.ofNanos(idleNanos));
            } else if (!awaitWakeup(idleNanos)) {
                link.close();
            }
        }
    }

    /** Returns false when the thread is to end. */
    private synchronized boolean awaitWakeup(long idleNanos) {
        try {
            if (!woken && idleNanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, idleNanos);
            }
            woken = false;
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** While a session is up it is noticed within the time that one look around takes. */
    @Override
    public synchronized void wakeup() {
        woken = true;
        notifyAll();
    }

    @Override
    public Executor setUps() {
        return Runnable::run;
    }

    @Override
    public Executor renewals() {
        return task -> startDaemon(task, "kryla-renewal");
    }

    @Override
    public boolean isLoop() {
        return false;
    }

    private static void startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
