package dev.skyhedge.cli.simulate;

import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.Policy;
import dev.skyhedge.engine.simulate.event.ReplicaChoice;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.watch.endpoints.RoutingPolicies;

/// The balancer's policies, choosing for a simulation.
final class BalancerChoice implements ReplicaChoice {
    private final Chooser chooser;

    private BalancerChoice(Policy policy, double[] weights) {
        this.chooser = new Chooser(policy, weights);
    }

    static ReplicaChoice forTable(EndpointSpec.Policy policy, double[] weights) {
        return new BalancerChoice(RoutingPolicies.of(policy), weights);
    }

    @Override
    public int choose(ReplicaChoice.Candidates candidates) {
        return chooser.choose(new Seen(candidates));
    }

    private record Seen(ReplicaChoice.Candidates candidates) implements dev.skyhedge.balancer.policy.Candidates {
        @Override
        public int size() {
            return candidates.size();
        }

        @Override
        public boolean eligible(int index) {
            return candidates.eligible(index);
        }

        @Override
        public double load(int index) {
            return candidates.inFlight(index);
        }

        @Override
        public double weight(int index) {
            return candidates.weight(index);
        }
    }
}
