package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.BreakerState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One routing table made ready for choosing. Immutable but for the policy's turns; replaced as a whole.
final class Route {
    /// Claims of one choice that may be lost to other requests before it gives up.
    private static final int MAX_CLAIMS = 8;

    final RoutingTable table;
    final List<Replica> replicas;
    private final Replica[] ready;
    private final Chooser chooser;

    /// @param replicas one for each target, in its order
    Route(RoutingTable table, List<Replica> replicas) {
        this.table = table;
        this.replicas = List.copyOf(replicas);
        this.ready = replicas.stream()
                .filter(replica -> replica.target().state() == Target.State.READY)
                .toArray(Replica[]::new);
        double[] weights = new double[ready.length];
        for (int i = 0; i < ready.length; i++) {
            weights[i] = ready[i].target().weight();
        }
        this.chooser = new Chooser(table.policy(), weights);
    }

    /// Chooses a replica and claims it with its breaker.
    ///
    /// @param tried replicas that this request has been to
    /// @return null if none can take the request now
    @Nullable
    Replica choose(Set<Replica> tried, long now) {
        for (int claim = 0; claim < MAX_CLAIMS; claim++) {
            Choice choice = new Choice(tried, now, ignoresResponseEjections());
            int index = chooser.choose(choice);
            if (index < 0) {
                return null;
            }
            Breaker breaker = ready[index].breaker;
            if (breaker.acquire(now) || (choice.ignoreResponseEjections && breaker.openedByResponse())) {
                return ready[index];
            }
        }
        return null;
    }

    /// Whether a replica that was not tried can take a request now.
    boolean hasChoice(Set<Replica> tried, long now) {
        Choice choice = new Choice(tried, now, ignoresResponseEjections());
        for (int i = 0; i < ready.length; i++) {
            if (choice.eligible(i)) {
                return true;
            }
        }
        return false;
    }

    /// How many held requests the replicas should get at once: each is filled up to the limit, one on trial
    /// gets one.
    int room(int perReplica, long now) {
        Choice choice = new Choice(Set.of(), now, ignoresResponseEjections());
        int room = 0;
        for (int i = 0; i < ready.length; i++) {
            if (choice.eligible(i)) {
                boolean trusted = ready[i].breaker.state() == BreakerState.CLOSED;
                room += trusted ? Math.max(0, perReplica - ready[i].inFlight()) : 1;
            }
        }
        return room;
    }

    /// Bad answers may eject at most half of the replicas: beyond that the fault is not theirs.
    private boolean ignoresResponseEjections() {
        int ejected = 0;
        for (Replica replica : ready) {
            ejected += replica.breaker.openedByResponse() ? 1 : 0;
        }
        return ejected * 2 > ready.length;
    }

    private final class Choice implements Candidates {
        private final Set<Replica> tried;
        private final long now;
        private final boolean ignoreResponseEjections;

        Choice(Set<Replica> tried, long now, boolean ignoreResponseEjections) {
            this.tried = tried;
            this.now = now;
            this.ignoreResponseEjections = ignoreResponseEjections;
        }

        @Override
        public int size() {
            return ready.length;
        }

        @Override
        public boolean eligible(int index) {
            Replica replica = ready[index];
            boolean admitted =
                    replica.breaker.permits(now) || (ignoreResponseEjections && replica.breaker.openedByResponse());
            return admitted && !tried.contains(replica);
        }

        @Override
        public int inFlight(int index) {
            return ready[index].inFlight();
        }

        @Override
        public double weight(int index) {
            return ready[index].target().weight();
        }
    }
}
