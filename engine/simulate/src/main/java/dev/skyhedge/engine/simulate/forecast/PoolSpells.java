package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a spot pool comes and goes: room and no room in turn, each for a time that follows one law. **What
/// has lasted will last**: a spell that has gone on for `t` hours ends at a rate of `1.1 / (0.3 + t)` an
/// hour, so it is as likely as not to last nearly as long again. Counted in five recordings (31 pools, 520
/// pool-days), the rates of spells with room and without are alike and within a factor of two of it from a
/// quarter of an hour to a day.
///
/// The pace of a pool multiplies the rate. It is what was seen against what the law expects of the same
/// times, with [#PRIOR_EVENTS] events of the usual pace beside it.
///
/// @param losingPace of spells with room
/// @param losses how many of them were seen to end
/// @param returningPace of spells without
/// @param returns how many of them were seen to end
/// @param last what it was seen to be last; empty if it was never seen
record PoolSpells(double losingPace, int losses, double returningPace, int returns, Optional<Glimpse> last) {
    /// The more, the less is learnt from a pool that is unlike others.
    static final double PRIOR_EVENTS = 2;

    /// Share of time with room, over the same recordings.
    static final double USUAL_ROOM = 0.55;

    private static final double SHAPE = 1.1;
    private static final double SCALE_HOURS = 0.3;
    private static final double OLDEST_HOURS = 48;
    private static final double LONGEST_HOURS = 240_000;
    /// What no pace is beyond, either way.
    private static final double EXTREME = 8;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    static PoolSpells of(PoolExperience seen) {
        return new PoolSpells(
                pace(seen.room()),
                seen.room().ends(),
                pace(seen.shut()),
                seen.shut().ends(),
                seen.last());
    }

    private static double pace(SeenSpells seen) {
        double expected = seen.lengths().stream()
                .mapToDouble(length -> SHAPE * Math.log1p(hours(length) / SCALE_HOURS))
                .sum();
        return (PRIOR_EVENTS + seen.ends()) / (PRIOR_EVENTS + expected);
    }

    /// The same of a pool that holds something of ours now.
    PoolSpells holding(Instant now) {
        Glimpse room = last.filter(Glimpse::hasRoom)
                .map(seen -> new Glimpse(true, seen.since(), now))
                .orElse(new Glimpse(true, now, now));
        return new PoolSpells(losingPace, losses, returningPace, returns, Optional.of(room));
    }

    /// Paces that may as well be the true ones, from log-normal distributions: the less was seen, the further
    /// off.
    PoolSpells drawn(RandomGenerator random) {
        return new PoolSpells(
                within(losingPace * factor(losses, random)),
                losses,
                within(returningPace * factor(returns, random)),
                returns,
                last);
    }

    private static double factor(int seen, RandomGenerator random) {
        double variance = Math.log1p(1 / (PRIOR_EVENTS + seen));
        return Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
    }

    private static double within(double pace) {
        return Math.clamp(pace, 1 / EXTREME, EXTREME);
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
