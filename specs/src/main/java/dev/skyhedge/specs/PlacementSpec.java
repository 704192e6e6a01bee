package dev.skyhedge.specs;

/// How spot and on-demand, zones and spares are chosen: the `placement "policy"` block.
public sealed interface PlacementSpec {
    /// The label of the block.
    String policy();

    /// SpotHedge as SkyServe ships it.
    ///
    /// @param spares spot replicas kept beyond the wanted number, default 1
    /// @param onDemandFallback whether on-demand replicas stand in for spot that is not ready, default true
    /// @param onDemandBase replicas that are always on-demand, default 0
    record SpotHedge(int spares, boolean onDemandFallback, int onDemandBase) implements PlacementSpec {
        public static final SpotHedge DEFAULT = new SpotHedge(1, true, 0);

        @Override
        public String policy() {
            return "spothedge";
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
