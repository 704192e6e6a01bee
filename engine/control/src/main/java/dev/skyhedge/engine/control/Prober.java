package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.state.records.ReplicaKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Probes each replica in a virtual thread of its own and posts what changes.
final class Prober implements AutoCloseable {
    private final Consumer<Message> post;
    private final ExecutorService executor;
    private final ProbeClient client = new ProbeClient();
    private final Map<ReplicaKey, Loop> loops = new ConcurrentHashMap<>();

    /// What to probe.
    ///
    /// @param credentials what gets in
    /// @param passing the verdict to begin with, as it is recorded
    record Target(
            ReplicaKey replica, Endpoint endpoint, ReadinessSpec readiness, Credentials credentials, boolean passing) {
        /// Whether the same loop can go on: a verdict that was recorded in between is its own.
        boolean asks(Target other) {
            return replica.equals(other.replica)
                    && endpoint.equals(other.endpoint)
                    && readiness.equals(other.readiness)
                    && credentials.equals(other.credentials);
        }
    }

    Prober(ExecutorService executor, Consumer<Message> post) {
        this.executor = executor;
        this.post = post;
    }

    /// Probes these from now on, and no others.
    void probe(Iterable<Target> targets) {
        Map<ReplicaKey, Target> wanted = new HashMap<>();
        targets.forEach(target -> wanted.put(target.replica(), target));
        for (Loop loop : List.copyOf(loops.values())) {
            Target next = wanted.get(loop.target.replica());
            if (next == null || !loop.target.asks(next)) {
                loops.remove(loop.target.replica());
                loop.stop();
            }
        }
        wanted.forEach((key, target) -> loops.computeIfAbsent(key, _ -> start(target)));
    }

    /// Probes this one now, if it is probed at all.
    void probeNow(ReplicaKey replica) {
        Loop loop = loops.get(replica);
        if (loop != null) {
            loop.wake.release();
        }
    }

    private Loop start(Target target) {
        var loop = new Loop(target);
        executor.execute(loop);
        return loop;
    }

    @Override
    public void close() {
        loops.values().forEach(Loop::stop);
        loops.clear();
        client.close();
    }

    /// Lets those fail that have not reported for longer than a probe may take: whatever holds them up,
    /// nobody knows any more that their replicas are healthy. To be called now and then, from one thread.
    ///
    /// @param nanos the time, as [System#nanoTime()] gives it
    void checkLoops(long nanos) {
        loops.values().forEach(loop -> loop.check(nanos));
    }

    private final class Loop implements Runnable {
        /// Beyond the period and the timeout, for a machine that is busy.
        private static final Duration GRACE = Duration.ofSeconds(2);

        private final Target target;
        private final Semaphore wake = new Semaphore(0);
        private final ProbeVerdict verdict;
        private final UnansweredPort port;
        private volatile boolean stopped;
        private volatile long lastNanos = System.nanoTime();
        private boolean overdue;

        Loop(Target target) {
            this.target = target;
            this.verdict = new ProbeVerdict(target.readiness(), target.passing());
            this.port = new UnansweredPort(target.endpoint(), target.passing());
        }

        void stop() {
            stopped = true;
            wake.release();
        }

        @Override
        public void run() {
            try {
                while (!stopped) {
                    ProbeClient.Result result =
                            client.probe(target.endpoint(), target.readiness(), target.credentials());
                    lastNanos = System.nanoTime();
                    take(port.told(result, lastNanos));
                    if (wake.tryAcquire(target.readiness().period().toMillis(), TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void check(long nanos) {
            Duration limit = target.readiness()
                    .period()
                    .plus(target.readiness().timeout())
                    .plus(GRACE);
            boolean late = nanos - lastNanos > limit.toNanos();
            if (late && !overdue) {
                // As often as it takes: a loop that reports nothing does not become better by waiting.
                for (int i = 0; i < target.readiness().failureThreshold(); i++) {
                    take(new ProbeClient.Result(false, "no probe has ended for more than " + Durations.text(limit)));
                }
            }
            overdue = late;
        }

        private synchronized void take(ProbeClient.Result result) {
            if (!stopped && verdict.changedBy(result)) {
                post.accept(
                        new Message.Probed(target.replica(), verdict.isPassing(), result.silent(), result.detail()));
            }
        }
    }
}
