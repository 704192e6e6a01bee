package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads on in what tasks write, as far as their kind wants to hear it. What was heard is recorded
/// with the place in the log that it reaches to, in one commit, so that a successor hears neither
/// less nor the same again.
final class Listening {
    /// Time between two readings of one log.
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /// A reading without an answer for so long is made again.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// For so long after the end of a task its log is asked for in vain, or shows nothing new.
    private static final Duration LOST = Duration.ofSeconds(30);

    /// When a log is to be read next; never once all of it is known.
    private final Map<ReplicaKey, Instant> next = new HashMap<>();

    /// Asks for the logs whose time has come, and asks to be woken for the others.
    void take(Draft draft, Upkeep declared) {
        for (WorkloadRecord workload : draft.model().serviceRecords()) {
            if (!declared.listens(workload.name())) {
                continue;
            }
            for (ReplicaRecord task : draft.model().replicas(workload.name())) {
                task.instanceId().ifPresent(id -> take(draft, declared, workload, task, id));
            }
        }
    }

    /// Whoever is not due is not asked about, as that takes time.
    private void take(Draft draft, Upkeep declared, WorkloadRecord workload, ReplicaRecord task, String instanceId) {
        ReplicaKey key = ReplicaKey.of(task);
        Instant due = next.getOrDefault(key, Instant.MIN);
        if (due.isAfter(draft.now())) {
            if (due.isBefore(Instant.MAX)) {
                draft.wakeAt(due);
            }
            return;
        }
        declared.unread(task, workload).ifPresent(offset -> {
            next.put(key, draft.now().plus(PATIENCE));
            draft.effect(new Effect.Listen(key, instanceId, task.offer().location(), offset));
        });
    }

    /// Something was read. A task that writes is ready: nobody probes it.
    void heard(Draft draft, Upkeep declared, Message.Heard heard) {
        Optional<ReplicaRecord> found = draft.model().replica(heard.replica());
        Optional<WorkloadRecord> recorded =
                draft.model().service(heard.replica().service());
        if (found.isEmpty() || recorded.isEmpty()) {
            next.remove(heard.replica());
            return;
        }
        ReplicaRecord task = found.get();
        boolean over = !task.lifecycle().isLive() && isLong(task, draft.now());
        Optional<LogPage> page = heard.page().map(read -> over ? last(read) : read);
        next.put(
                heard.replica(), draft.now().plus(page.filter(Listening::isFull).isPresent() ? Duration.ZERO : PERIOD));
        boolean expected = declared.unread(task, recorded.get()).stream().anyMatch(at -> at == heard.offset());
        if (!expected || (page.isEmpty() && !over)) {
            return;
        }
        WorkloadRecord after = declared.heard(task, recorded.get(), page, draft.now());
        if (!after.equals(recorded.get())) {
            draft.change(new Change.PutWorkload(after));
        }
        if (declared.unread(task, after).isEmpty()) {
            next.keySet().removeIf(key -> draft.model().replica(key).isEmpty());
            next.put(heard.replica(), Instant.MAX);
        }
        boolean wrote = page.filter(read -> !read.text().isBlank()).isPresent();
        if (wrote && task.lifecycle() == Lifecycle.STARTING) {
            draft.put(task.in(Lifecycle.READY, draft.now(), "it has begun to write"));
        }
    }

    /// Of a log that may not say that it has ended, as a serial console: what has no whole line any more is its end.
    private static LogPage last(LogPage page) {
        return page.text().contains("\n") || isFull(page) ? page : new LogPage(page.text(), page.nextOffset(), true);
    }

    private static boolean isFull(LogPage page) {
        return page.text().length() >= Effect.Listen.MOST_BYTES / 4;
    }

    private static boolean isLong(ReplicaRecord task, Instant now) {
        return !task.since().plus(LOST).isAfter(now);
    }
}
