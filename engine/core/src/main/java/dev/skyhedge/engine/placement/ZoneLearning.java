package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Status;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What launches and preemptions teach about zones. Only lack of capacity and preemption mark a zone; other
/// failures that are about an offer merely close it for a while; what is not to be had there, a quota or a mistake of
/// ours teaches nothing.
///
/// Pure: what was known goes in, what is known now comes out; empty if nothing new is.
public final class ZoneLearning {
    private static final Duration PRICE_PAUSE = Duration.ofSeconds(30);

    /// Some clouds do not say how long to leave them alone.
    private static final Duration MIN_THROTTLE_PAUSE = Duration.ofSeconds(2);

    private ZoneLearning() {}

    /// A launch was accepted.
    ///
    /// @param others how many of ours were there already
    public static Optional<ZoneHealth> launched(Optional<ZoneHealth> before, Offer offer, int others, Instant now) {
        return Optional.of(offer)
                .filter(_ -> offer.market() == Market.SPOT || before.isPresent())
                .map(_ -> after(before, offer, Status.ACTIVE, 0, now, now, "a launch was accepted"))
                .map(zone -> with(zone, TrackRecords.arrived(zone.history(), offer, others, now)));
    }

    /// A spot instance was taken back, or will be.
    ///
    /// @param others how many of ours are still there
    public static ZoneHealth preempted(
            Optional<ZoneHealth> before, Offer offer, int others, Instant now, String evidence) {
        ZoneHealth zone = after(before, offer, Status.PREEMPTING, failures(before), now, now, evidence);
        return with(zone, TrackRecords.lost(zone.history(), offer, others, now));
    }

    /// The cloud said that what the zone keeps for us is at elevated risk: other zones are better for now.
    public static Optional<ZoneHealth> atRisk(Optional<ZoneHealth> before, Offer offer, Instant now, String evidence) {
        return Optional.of(offer).filter(at -> at.market() == Market.SPOT).map(at -> {
            ZoneHealth zone = after(before, at, Status.PREEMPTING, failures(before), now, now, evidence);
            return with(zone, TrackRecords.doubted(zone.history(), now));
        });
    }

    /// A spot instance ended because we wanted it to.
    ///
    /// @param others how many of ours are still there
    public static Optional<ZoneHealth> left(Optional<ZoneHealth> before, Offer offer, int others, Instant now) {
        return before.filter(zone -> zone.history().heldSince().isPresent())
                .map(zone -> with(zone, TrackRecords.left(zone.history(), offer, others, now)));
    }

    /// A launch failed.
    ///
    /// @param others how many of ours are there
    public static Optional<ZoneHealth> failed(
            Optional<ZoneHealth> before, Offer offer, int others, Instant now, Failure failure) {
        return switch (failure) {
            case Failure.NoCapacity _, Failure.PreemptedDuringLaunch _ -> {
                int failures = 1 + failures(before);
                ZoneHealth zone = after(
                        before,
                        offer,
                        Status.PREEMPTING,
                        failures,
                        now,
                        now.plus(LaunchBackOff.ofPlace(failures)),
                        failure.message());
                yield Optional.of(with(zone, TrackRecords.refused(zone.history(), offer, others, now)));
            }
            case Failure.PriceTooLow _ -> Optional.of(closed(before, offer, now, PRICE_PAUSE, failure));
            case Failure.Throttled throttled ->
                Optional.of(closed(before, offer, now, atLeast(throttled.retryAfter()), failure));
            case Failure.UnsupportedHere _,
                    Failure.Quota _,
                    Failure.OutcomeUnknown _,
                    Failure.NotFound _,
                    Failure.Conflict _,
                    Failure.InvalidRequest _,
                    Failure.Denied _ -> Optional.empty();
        };
    }

    private static Duration atLeast(Duration retryAfter) {
        return retryAfter.compareTo(MIN_THROTTLE_PAUSE) > 0 ? retryAfter : MIN_THROTTLE_PAUSE;
    }

    private static ZoneHealth closed(
            Optional<ZoneHealth> before, Offer offer, Instant now, Duration pause, Failure failure) {
        return after(
                before,
                offer,
                before.map(ZoneHealth::status).orElse(Status.ACTIVE),
                failures(before),
                now,
                now.plus(pause),
                failure.kind() + ": " + failure.message());
    }

    private static int failures(Optional<ZoneHealth> before) {
        return before.map(ZoneHealth::failures).orElse(0);
    }

    private static ZoneHealth after(
            Optional<ZoneHealth> before,
            Offer offer,
            Status status,
            int failures,
            Instant now,
            Instant retryAt,
            String evidence) {
        Instant since = before.filter(zone -> zone.status() == status)
                .map(ZoneHealth::since)
                .orElse(now);
        return new ZoneHealth(
                offer.location(),
                offer.accelerator(),
                offer.market(),
                status,
                failures,
                since,
                retryAt,
                evidence,
                before.map(ZoneHealth::history).orElse(TrackRecord.NONE));
    }

    private static ZoneHealth with(ZoneHealth zone, TrackRecord history) {
        return new ZoneHealth(
                zone.location(),
                zone.accelerator(),
                zone.market(),
                zone.status(),
                zone.failures(),
                zone.since(),
                zone.retryAt(),
                zone.evidence(),
                history);
    }
}
