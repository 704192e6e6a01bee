package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a spot pool comes and goes: room and no room in turn, each for a time that follows one law. **What
/// has lasted will last**: a spell that has gone on for `t` hours ends at a rate of `1.1 / (0.3 + t)` an
/// hour, so it is as likely as not to last nearly as long again. Counted in five recordings (31 pools, 520
/// pool-days), the rates of spells with room and without are alike and within a factor of two of it from a
/// quarter of an hour to a day.
///
/// The pace of a pool multiplies the rate; see [MarketPaces] for how it is learnt.
///
/// @param losingPace of spells with room, above zero
/// @param returningPace of spells without, above zero
/// @param last what it was seen to be last; empty if it was never seen
record PoolSpells(double losingPace, double returningPace, Optional<Glimpse> last) {
    /// Share of time with room, over the same recordings.
    static final double USUAL_ROOM = 0.55;

    private static final double SHAPE = 1.1;
    private static final double SCALE_HOURS = 0.3;
    private static final double OLDEST_HOURS = 48;
    private static final double LONGEST_HOURS = 240_000;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    /// How often spells of this length would have ended at the usual pace.
    static double usualEnds(Duration length) {
        return SHAPE * Math.log1p(hours(length) / SCALE_HOURS);
    }

    /// How much longer a spell lasts that has lasted for a while.
    Duration rest(boolean room, Duration age, RandomGenerator random) {
        double shape = SHAPE * (room ? losingPace : returningPace);
        double from = SCALE_HOURS + hours(age);
        double rest = from * (Math.pow(1 - random.nextDouble(), -1 / shape) - 1);
        return ofHours(Math.min(rest, LONGEST_HOURS));
    }

    /// An age that a spell may have that was never looked at.
    Duration age(boolean room, RandomGenerator random) {
        double whole = hours(rest(room, Duration.ZERO, random));
        return ofHours(random.nextDouble() * Math.min(OLDEST_HOURS, whole));
    }

    /// Rate at which a spell with room ends that has lasted for a while, per hour.
    double lossesPerHour(Duration age) {
        return losingPace * SHAPE / (SCALE_HOURS + hours(age));
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / MILLIS_PER_HOUR;
    }

    private static Duration ofHours(double hours) {
        return Duration.ofMillis((long) (hours * MILLIS_PER_HOUR));
    }
}
