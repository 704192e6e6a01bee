package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
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
    record Target(ReplicaKey replica, Endpoint endpoint, ReadinessSpec readiness, boolean ready) {
        /// Whether the same loop can go on: that a replica got ready in between is nothing new to it.
        boolean asks(Target other) {
            return replica.equals(other.replica)
                    && endpoint.equals(other.endpoint)
                    && readiness.equals(other.readiness);
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

    private final class Loop implements Runnable {
        private final Target target;
        private final Semaphore wake = new Semaphore(0);
        private volatile boolean stopped;

        Loop(Target target) {
            this.target = target;
        }

        void stop() {
            stopped = true;
            wake.release();
        }

        @Override
        public void run() {
            var verdict = new ProbeVerdict(target.readiness(), target.ready());
            try {
                while (!stopped) {
                    ProbeClient.Result result = client.probe(target.endpoint(), target.readiness());
                    if (!stopped && verdict.changedBy(result)) {
                        post.accept(new Message.Probed(target.replica(), verdict.isPassing(), result.detail()));
                    }
                    if (wake.tryAcquire(target.readiness().period().toMillis(), TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
