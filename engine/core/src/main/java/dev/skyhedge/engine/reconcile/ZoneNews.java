package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.placement.ZoneLearning;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ZoneHealth;

/// Writes down what launches and preemptions taught about zones.
final class ZoneNews {
    private ZoneNews() {}

    /// A launch was accepted.
    static void launched(Draft draft, Offer offer, ReplicaKey replica) {
        ZoneLearning.launched(draft.model().zone(offer), offer, others(draft, offer, replica), draft.now())
                .ifPresent(zone -> put(draft, zone));
    }

    /// A spot instance was taken back, or will be.
    static void preempted(Draft draft, Offer offer, ReplicaKey replica, String evidence) {
        put(
                draft,
                ZoneLearning.preempted(
                        draft.model().zone(offer), offer, others(draft, offer, replica), draft.now(), evidence));
    }

    /// The cloud said that instances like this one are at elevated risk.
    static void atRisk(Draft draft, Offer offer, String evidence) {
        ZoneLearning.atRisk(draft.model().zone(offer), offer, draft.now(), evidence)
                .ifPresent(zone -> put(draft, zone));
    }

    /// A spot instance ended because we wanted it to.
    static void left(Draft draft, Offer offer, ReplicaKey replica) {
        ZoneLearning.left(draft.model().zone(offer), offer, others(draft, offer, replica), draft.now())
                .ifPresent(zone -> put(draft, zone));
    }

    /// A launch failed.
    static void failed(Draft draft, Offer offer, ReplicaKey replica, Failure failure) {
        ZoneLearning.failed(draft.model().zone(offer), offer, others(draft, offer, replica), draft.now(), failure)
                .ifPresent(zone -> put(draft, zone));
    }

    /// How many other replicas, of any service, the zone keeps for us.
    private static int others(Draft draft, Offer offer, ReplicaKey except) {
        ZoneTally zones = draft.model().zoneTally();
        boolean isOne = draft.model()
                .replica(except)
                .filter(replica -> zones.counts(replica, offer))
                .isPresent();
        return zones.count(offer) - (isOne ? 1 : 0);
    }

    private static void put(Draft draft, ZoneHealth zone) {
        draft.change(new Change.PutZoneHealth(zone));
    }
}
