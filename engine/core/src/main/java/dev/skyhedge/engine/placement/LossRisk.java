package dev.skyhedge.engine.placement;

import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.Status;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Expects losses by the rule that what has lasted will last: a pool that was calm for `t` hours loses
/// something `0.8 / (0.5 + t)` times an hour. That is a constant but unknown rate of loss per pool with a gamma
/// prior (shape 0.8, scale 0.5 h), its calm time as the only evidence; recorded markets follow it from minutes
/// to days, to about a seventh of it (`docs/placement.md`).
///
/// Losses come in bursts: when a pool took back only a part, half of the time it takes more within five minutes.
final class LossRisk {
    /// Prior of the rate of loss.
    private static final double SHAPE = 0.8;

    private static final double SCALE_HOURS = 0.5;

    /// The same while survivors of a loss are there.
    private static final double SCALE_OF_SURVIVORS_HOURS = 0.07;

    /// A pool that is met at a random time is likelier met in a long calm than in a short one: this is what the
    /// first launch in it is worth if all pools accept.
    private static final double FIRST_MEETING_HOURS = 2.2;

    /// Prior of the share of losses that are partial, and how many losses it counts for.
    private static final double PARTIAL_SHARE = 0.35;

    private static final double PARTIAL_WEIGHT = 3;

    /// What the losses and held hours that are remembered count for beside the present calm.
    private static final double WEIGHT_OF_MEMORY = 0.3;

    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    private final Instant now;
    private final double acceptance;
    private final double partialShare;

    /// @param zones what is known of the zones that a service may use
    LossRisk(List<ZoneHealth> zones, Instant now) {
        this.now = now;
        long open =
                zones.stream().filter(zone -> zone.status() == Status.ACTIVE).count();
        this.acceptance = (open + 1.0) / (zones.size() + 1.0);
        int whole =
                zones.stream().mapToInt(zone -> zone.history().wholeLosses()).sum();
        int partial =
                zones.stream().mapToInt(zone -> zone.history().partialLosses()).sum();
        this.partialShare = (PARTIAL_SHARE * PARTIAL_WEIGHT + partial) / (PARTIAL_WEIGHT + whole + partial);
    }

    /// The share of losses that take back only one of several replicas.
    double partialShare() {
        return partialShare;
    }

    double lossesPerHour(TrackRecord known) {
        Memory memory = ZoneMemory.at(known, now);
        double calm = hours(calm(known));
        double usual = (SHAPE + WEIGHT_OF_MEMORY * ZoneMemory.losses(memory))
                / (SCALE_HOURS + calm + WEIGHT_OF_MEMORY * ZoneMemory.heldHours(memory));
        // Bursts come to zones with a good past, too.
        return known.leftSurvivors() ? Math.max(usual, SHAPE / (SCALE_OF_SURVIVORS_HOURS + calm)) : usual;
    }

    /// How long the pool is taken to have been calm. Where many pools refuse, a first acceptance is worth less.
    Duration calm(TrackRecord known) {
        Duration calm = TrackRecords.calm(known, now);
        if (known.troubledAt().isPresent()) {
            return calm;
        }
        double credit = FIRST_MEETING_HOURS * acceptance * acceptance;
        return calm.plusMillis(Math.round(credit * MILLIS_PER_HOUR));
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / MILLIS_PER_HOUR;
    }
}
