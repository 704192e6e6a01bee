package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Bounds how often launches of one workload come to nothing, whatever its policy: as soon as one was refused
/// within a minute, so many more may be tried in it. Nothing bounds launches that succeed.
final class Pace {
    /// Launches of a workload in one market that may come to nothing within [RefusedLaunches#WINDOW].
    static final int REFUSALS_PER_WINDOW = 60;

    /// A large workload may try for each of its replicas.
    private static final int REFUSALS_PER_REPLICA = 2;

    private final List<RefusedLaunches.Refusal> lately;
    private final List<ReplicaRecord> replicas;
    private final int allowed;

    /// @param machines which of its machines: what is refused of others says nothing of these
    Pace(World world, String service, Predicate<Accelerator> machines, int wanted) {
        this.lately = world.refused().lately().stream()
                .filter(refusal -> refusal.service().equals(service) && machines.test(refusal.accelerator()))
                .toList();
        this.replicas = world.replicasOf(service).stream()
                .filter(replica -> machines.test(replica.offer().accelerator()))
                .toList();
        this.allowed = Math.max(REFUSALS_PER_WINDOW, REFUSALS_PER_REPLICA * wanted);
    }

    /// How many launches may be under way now.
    int left(Market market) {
        long refused =
                lately.stream().filter(refusal -> refusal.market() == market).count();
        if (refused == 0) {
            return Integer.MAX_VALUE;
        }
        long asked = replicas.stream()
                .filter(replica -> replica.lifecycle() == Lifecycle.REQUESTED
                        && replica.offer().market() == market)
                .count();
        return (int) Math.max(0, allowed - refused - asked);
    }

    /// When the oldest refusal does not count any more.
    Optional<Instant> reopensAt(Market market) {
        return lately.stream()
                .filter(refusal -> refusal.market() == market)
                .map(refusal -> refusal.at().plus(RefusedLaunches.WINDOW))
                .min(Comparator.naturalOrder());
    }

    String text(Market market) {
        return allowed + " launches on " + market.word().replace('_', '-') + " within a minute came to nothing";
    }
}
