package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Gives new replicas their names and generations, and holds back names whose last replica failed a moment ago.
public final class Slots {
    private final String service;
    private final String version;
    private final Instant editedAt;
    private final List<ReplicaRecord> replicas;
    private final TakenNames taken;
    private final Optional<Instant> begunAt;
    private final Instant now;
    private final List<String> again;
    private final Predicate<Offer> mine;
    private final Deque<String> first;
    private final Map<String, ReplicaRecord> last = new HashMap<>();
    private final Set<String> given;
    private int nextOrdinal = 1;

    /// A free name.
    ///
    /// @param name the replica's name
    /// @param generation its next generation
    /// @param failures consecutive failures of this version under this name
    record Slot(String name, int generation, int failures) {}

    /// @param editedAt when what they run was last changed; failures from before are forgotten
    /// @param replicas the newest generation of each name
    /// @param taken names that nobody may have again
    /// @param first names that are given again before others, as far as they are free
    /// @param begunAt since when this process has been acting: a new one tries at once what its predecessor
    ///     had little hope for
    public Slots(
            String service,
            String version,
            Instant editedAt,
            List<ReplicaRecord> replicas,
            TakenNames taken,
            List<String> first,
            Optional<Instant> begunAt,
            Instant now) {
        this.service = service;
        this.version = version;
        this.editedAt = editedAt;
        this.replicas = replicas;
        this.taken = taken;
        this.again = List.copyOf(first);
        this.first = new ArrayDeque<>(first);
        this.begunAt = begunAt;
        this.now = now;
        this.mine = _ -> true;
        this.given = new HashSet<>();
    }

    private Slots(Slots whole, Predicate<Offer> machines) {
        this.service = whole.service;
        this.version = whole.version;
        this.editedAt = whole.editedAt;
        this.replicas = whole.replicas;
        this.taken = whole.taken;
        this.again = whole.again;
        this.first = new ArrayDeque<>(whole.again);
        this.begunAt = whole.begunAt;
        this.now = whole.now;
        this.mine = machines;
        this.given = whole.given;
    }

    /// The same names for one part of the workload's demand: a name that another part failed with, or starts
    /// again, is left to that part, with its pause.
    public Slots forPart(Predicate<Offer> machines) {
        return new Slots(this, machines);
    }

    /// How many names of the market are held back.
    public int delayed(Market market) {
        int delayed = 0;
        for (ReplicaRecord replica : replicas) {
            delayed += replica.offer().market() == market && isDelayed(replica) && mine.test(replica.offer()) ? 1 : 0;
        }
        return delayed;
    }

    /// When the first name that is held back becomes free.
    public Optional<Instant> nextRetry() {
        return replicas.stream()
                .filter(replica -> isDelayed(replica) && !replica.lifecycle().isLive() && mine.test(replica.offer()))
                .map(this::retryAt)
                .min(Comparator.naturalOrder());
    }

    /// The free name with the lowest ordinal, unless others come first; it is taken from now on.
    Slot take() {
        if (last.isEmpty()) {
            replicas.forEach(replica -> last.put(replica.name(), replica));
        }
        while (true) {
            String name = first.isEmpty() ? ReplicaNames.of(service, nextOrdinal++) : first.pop();
            ReplicaRecord before = last.get(name);
            if (taken.contains(name) || isOfAnotherPart(name, before) || !given.add(name)) {
                continue;
            }
            if (before == null) {
                return new Slot(name, 1, 0);
            }
            if (isFree(before)) {
                return new Slot(name, before.generation() + 1, failedLately(before) ? before.failures() : 0);
            }
        }
    }

    private boolean isOfAnotherPart(String name, @Nullable ReplicaRecord before) {
        return before != null && !mine.test(before.offer()) && (failedLately(before) || again.contains(name));
    }

    private boolean isFree(ReplicaRecord before) {
        return !before.lifecycle().isLive() && before.lifecycle() != Lifecycle.FORGOTTEN && !isDelayed(before);
    }

    private boolean isDelayed(ReplicaRecord replica) {
        return keepsItsPlaceUntilItHasEnded(replica)
                || (failedLately(replica) && retryAt(replica).isAfter(now));
    }

    /// A replica that was never ready, or that has failed before, keeps its place while it is being ended, too:
    /// with a new name in its stead the count of failures would begin again. One that has served is replaced at
    /// once, as its end may take as long as its cloud does not answer.
    private boolean keepsItsPlaceUntilItHasEnded(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.STOPPING
                && replica.endsAs() == Lifecycle.FAILED
                && (replica.readyAt().isEmpty() || replica.failures() > 0)
                && replica.version().equals(version);
    }

    private boolean failedLately(ReplicaRecord replica) {
        return (replica.lifecycle() == Lifecycle.FAILED || replica.lifecycle() == Lifecycle.PREEMPTED)
                && replica.failures() > 0
                && !replica.requestedAt().isBefore(editedAt)
                && replica.version().equals(version);
    }

    private Instant retryAt(ReplicaRecord replica) {
        boolean ours = begunAt.filter(begun -> !replica.since().isBefore(begun)).isPresent();
        int failures = ours ? replica.failures() : Math.min(replica.failures(), LaunchBackOff.HOPELESS_FAILURES - 1);
        return replica.since().plus(LaunchBackOff.ofReplica(failures));
    }
}
