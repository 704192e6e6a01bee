package dev.skyhedge.specs;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How spot and on-demand, zones and spares are chosen: the `placement "policy"` block.
public sealed interface PlacementSpec {
    /// What holds for a service without the block.
    PlacementSpec DEFAULT = Skyhedge.DEFAULT;

    /// The label of the block.
    String policy();

    /// Spot spread over zones and regions by price and risk, with as many spares as the risk of the moment is
    /// worth and on-demand that stands in for missing replicas.
    ///
    /// @param spares spot replicas kept beyond the wanted number; empty for as many as are worth it, the default
    /// @param availability how much shortages weigh, as the share of time that one has in mind, above 0 and below
    ///     1, default 0.999: no promise, for what is reached is the market's doing, too
    /// @param outageUsdPerMinute what a minute without any ready replica costs its owner; empty for what weighs as
    ///     much as availability says
    /// @param onDemandFallback whether on-demand replicas stand in for replicas that are not ready, default true
    /// @param onDemandBase replicas that are always on-demand, default 0
    record Skyhedge(
            OptionalInt spares,
            double availability,
            OptionalDouble outageUsdPerMinute,
            boolean onDemandFallback,
            int onDemandBase)
            implements PlacementSpec {
        public static final Skyhedge DEFAULT = new Skyhedge(OptionalInt.empty(), 0.999, true, 0);

        /// One that says no price of outages.
        public Skyhedge(OptionalInt spares, double availability, boolean onDemandFallback, int onDemandBase) {
            this(spares, availability, OptionalDouble.empty(), onDemandFallback, onDemandBase);
        }

        @Override
        public String policy() {
            return "skyhedge";
        }
    }

    /// SpotHedge.
    ///
    /// @param rule which of its two published forms, default [Rule#SHIPPED]
    /// @param spares spot replicas kept beyond the wanted number, default 1
    /// @param onDemandFallback whether on-demand replicas stand in for spot that is not ready, default true
    /// @param onDemandBase replicas that are always on-demand, default 0
    record SpotHedge(Rule rule, int spares, boolean onDemandFallback, int onDemandBase) implements PlacementSpec {
        public static final SpotHedge DEFAULT = new SpotHedge(1, true, 0);

        /// The shipped rule.
        public SpotHedge(int spares, boolean onDemandFallback, int onDemandBase) {
            this(Rule.SHIPPED, spares, onDemandFallback, onDemandBase);
        }

        @Override
        public String policy() {
            return "spothedge";
        }

        /// The two forms in which SpotHedge was published.
        public enum Rule {
            /// As SkyServe ships it.
            SHIPPED,
            /// As its paper was evaluated.
            ARTIFACT
        }
    }

    /// Spot only, the same number in every zone, without a memory of failures.
    record EvenSpread() implements PlacementSpec {
        @Override
        public String policy() {
            return "even_spread";
        }
    }

    /// Spot only, each launch in the zone after that of the last one.
    record RoundRobin() implements PlacementSpec {
        @Override
        public String policy() {
            return "round_robin";
        }
    }

    /// One region, one replica on-demand, the rest on spot with zones balanced by number: an auto-scaling group.
    record Asg() implements PlacementSpec {
        @Override
        public String policy() {
            return "asg";
        }
    }

    /// As [Asg], without the replica on-demand.
    record SpotOnly() implements PlacementSpec {
        @Override
        public String policy() {
            return "spot_only";
        }
    }

    /// On-demand only, in the cheapest location.
    record OnDemand() implements PlacementSpec {
        @Override
        public String policy() {
            return "on_demand";
        }
    }
}
