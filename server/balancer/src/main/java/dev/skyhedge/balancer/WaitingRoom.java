package dev.skyhedge.balancer;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.Scheduler;

/// Requests that wait for a replica: held, because none can take them, or postponed, because those that can have
/// just failed them. The router knows who takes requests; this knows who waits for that, in which order, and lets
/// no more go at once than there is room for.
///
/// Thread-safe without a lock of its own. Each queue guards itself and is never asked under the other's lock. A
/// request is resumed by who took it out of its queue, outside of the queue's lock, and so by one thread only; the
/// router's lock may be held then. `releases` lets one thread at a time hand out room.
final class WaitingRoom {
    private final RouteInUse route;
    private final Signals signals;
    private final Scheduler scheduler;
    private final HoldQueue<Dispatch> held;
    private final HoldQueue<Dispatch> postponed;
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicBoolean saturated = new AtomicBoolean();
    private volatile int releasePerReplica;

    WaitingRoom(RouteInUse route, Signals signals, Scheduler scheduler, BalancerSettings.Hold limits) {
        this.route = route;
        this.signals = signals;
        this.scheduler = scheduler;
        this.held = new HoldQueue<>(limits.requests(), limits.bodyBytes());
        this.postponed = new HoldQueue<>(limits.requests(), limits.bodyBytes());
        this.releasePerReplica = limits.releasePerReplica();
    }

    /// Takes over other limits; what waits goes on waiting.
    void limit(BalancerSettings.Hold newer) {
        releasePerReplica = newer.releasePerReplica();
        held.limit(newer.requests(), newer.bodyBytes());
        postponed.limit(newer.requests(), newer.bodyBytes());
    }

    /// Lets a request wait until a replica can take it.
    ///
    /// @param bodyBytes of its body that are kept in memory
    /// @return false if the queue is full
    boolean hold(Dispatch request, long bodyBytes) {
        switch (held.offer(request, bodyBytes)) {
            case FIRST -> signals.send(new Signal.Wake(route.service(), 1));
            case QUEUED -> {}
            case FULL -> {
                if (saturated.compareAndSet(false, true)) {
                    signals.send(new Signal.Saturated(route.service(), held.size()));
                }
                return false;
            }
        }
        return true;
    }

    /// Lets a request wait though there is a replica: that one just refused it.
    ///
    /// @param bodyBytes of its body that are kept in memory
    /// @param millis until it tries again, unless another replica can take it before
    /// @return false if too many wait
    boolean postpone(Dispatch request, long bodyBytes, long millis) {
        if (postponed.offer(request, bodyBytes) == HoldQueue.Offer.FULL) {
            return false;
        }
        scheduler.schedule(() -> retryPostponed(request), millis, TimeUnit.MILLISECONDS);
        return true;
    }

    private void retryPostponed(Dispatch request) {
        if (postponed.remove(request)) {
            request.resume();
        }
    }

    /// Takes a request out of the queues; false if it had left already.
    boolean leave(Dispatch request) {
        return held.remove(request) || postponed.remove(request);
    }

    boolean anyHeld() {
        return held.size() > 0;
    }

    int size() {
        return held.size() + postponed.size();
    }

    /// Gives held requests to replicas that have room. Runs once at a time; a call during a run makes it run
    /// again.
    void release() {
        if (releases.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            int room = route.room(releasePerReplica);
            while (room-- > 0 && releaseNext()) {}
            missed = releases.addAndGet(-missed);
        } while (missed != 0);
    }

    /// A request ended: the next one may take its place.
    void releaseOne() {
        if (anyHeld() && route.hasChoice(Set.of())) {
            releaseNext();
        }
    }

    private boolean releaseNext() {
        Dispatch next = held.poll();
        if (next == null) {
            return false;
        }
        saturated.set(false);
        next.resume();
        return true;
    }

    /// Resumes what was postponed and has a replica to go to by now that has not failed it.
    void resumeElsewhere() {
        postponed.removeAll(Dispatch::hasOtherReplica).forEach(Dispatch::resumeElsewhere);
    }

    /// Refuses everything that waits.
    void refuseAll() {
        for (Dispatch next = held.poll(); next != null; next = held.poll()) {
            next.stopHeld();
        }
        postponed.removeAll(request -> true).forEach(Dispatch::stopHeld);
    }
}
