package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.placement.ZoneLearning;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.ZoneHealth;

/// Writes down what launches and preemptions taught about zones.
final class ZoneNews {
    private ZoneNews() {}

    /// A launch was accepted.
    static void launched(Draft draft, Offer offer) {
        ZoneLearning.launched(draft.model().zone(offer), offer, draft.now()).ifPresent(zone -> put(draft, zone));
    }

    /// A spot instance was taken back, or will be.
    static void preempted(Draft draft, Offer offer, String evidence) {
        put(draft, ZoneLearning.preempted(draft.model().zone(offer), offer, draft.now(), evidence));
    }

    /// A launch failed.
    static void failed(Draft draft, Offer offer, Failure failure) {
        ZoneLearning.failed(draft.model().zone(offer), offer, draft.now(), failure)
                .ifPresent(zone -> put(draft, zone));
    }

    private static void put(Draft draft, ZoneHealth zone) {
        draft.change(new Change.PutZoneHealth(zone));
    }
}
