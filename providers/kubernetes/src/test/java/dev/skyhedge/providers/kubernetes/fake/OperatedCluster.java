package dev.skyhedge.providers.kubernetes.fake;

import dev.skyhedge.providers.cloud.fake.Orders;
import java.util.List;

/// What the operator of a cluster can do to it.
///
/// @param server takes the calls
record OperatedCluster(FakeCluster cluster, ApiServer server) implements Orders.Operated {
    @Override
    public List<String> ledger() {
        return cluster.ledger();
    }

    /// @param id a pod's name
    @Override
    public void preempt(String id) {
        cluster.preemptAtOnce(id);
    }

    @Override
    public void full(String zone) {
        cluster.full(zone);
    }

    /// A quota is the namespace's, whatever the region.
    @Override
    public void noQuota(String region) {
        cluster.limit("pods", 0);
    }

    @Override
    public void down(boolean whole) {
        server.down(whole);
    }
}
