package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.ZoneHealth;
import dev.skyhedge.state.ZoneHealth.Status;
import java.time.Duration;
import java.time.Instant;

/// What launches and preemptions teach about zones. Only lack of capacity and preemption mark a zone; other
/// failures that are about an offer merely close it for a while; a mistake of ours teaches nothing.
final class ZoneLearning {
    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration QUOTA_PAUSE = Duration.ofHours(1);
    private static final Duration UNSUPPORTED_PAUSE = Duration.ofHours(1);
    private static final Duration PRICE_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 9;

    private ZoneLearning() {}

    /// A launch was accepted.
    static void launched(Draft draft, Offer offer) {
        draft.model()
                .zone(offer)
                .filter(zone -> zone.failures() > 0 || zone.status() != Status.ACTIVE)
                .ifPresent(_ -> put(draft, offer, Status.ACTIVE, 0, draft.now(), "a launch was accepted"));
    }

    /// A spot instance was taken back, or will be.
    static void preempted(Draft draft, Offer offer, String evidence) {
        int failures = draft.model().zone(offer).map(ZoneHealth::failures).orElse(0);
        put(draft, offer, Status.PREEMPTING, failures, draft.now(), evidence);
    }

    /// A launch failed.
    static void failed(Draft draft, Offer offer, Failure failure) {
        switch (failure) {
            case Failure.NoCapacity _, Failure.PreemptedDuringLaunch _ -> {
                int failures =
                        1 + draft.model().zone(offer).map(ZoneHealth::failures).orElse(0);
                put(draft, offer, Status.PREEMPTING, failures, draft.now().plus(backOff(failures)), failure.message());
            }
            case Failure.Quota _ -> close(draft, offer, QUOTA_PAUSE, failure);
            case Failure.UnsupportedHere _ -> close(draft, offer, UNSUPPORTED_PAUSE, failure);
            case Failure.PriceTooLow _ -> close(draft, offer, PRICE_PAUSE, failure);
            case Failure.Throttled throttled -> close(draft, offer, throttled.retryAfter(), failure);
            case Failure.OutcomeUnknown _,
                    Failure.NotFound _,
                    Failure.Conflict _,
                    Failure.InvalidRequest _,
                    Failure.Denied _ -> {}
        }
    }

    private static void close(Draft draft, Offer offer, Duration pause, Failure failure) {
        Status status = draft.model().zone(offer).map(ZoneHealth::status).orElse(Status.ACTIVE);
        int failures = draft.model().zone(offer).map(ZoneHealth::failures).orElse(0);
        put(draft, offer, status, failures, draft.now().plus(pause), failure.kind() + ": " + failure.message());
    }

    private static void put(Draft draft, Offer offer, Status status, int failures, Instant retryAt, String evidence) {
        Instant since = draft.model()
                .zone(offer)
                .filter(zone -> zone.status() == status)
                .map(ZoneHealth::since)
                .orElse(draft.now());
        draft.change(new Change.PutZoneHealth(new ZoneHealth(
                offer.location(), offer.accelerator(), offer.market(), status, failures, since, retryAt, evidence)));
    }

    private static Duration backOff(int failures) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled.compareTo(MAX_BACK_OFF) < 0 ? doubled : MAX_BACK_OFF;
    }
}
