package dev.skyhedge.engine.simulate.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// How a spot pool comes and goes: room and no room in turn, each for exponentially distributed times.
///
/// Both rates are the means of gamma distributions: what was seen, and beside it one event of the kind in the
/// time that it is expected to take, so a pool of which little is known is taken for a usual one.
///
/// @param lossesPerHour while there is room
/// @param losses how many of them were seen
/// @param returnsPerHour while there is none
/// @param returns how many of them were seen
/// @param roomNow probability that there is room at the beginning
record PoolRates(double lossesPerHour, int losses, double returnsPerHour, int returns, double roomNow) {
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    static PoolRates of(PoolExperience seen, Instant now) {
        double losses = (1 + seen.losses()) / hours(Forecast.USUAL_ROOM.plus(seen.held()));
        double returns = (1 + seen.returns()) / hours(Forecast.USUAL_SHUT.plus(seen.shut()));
        double usually = returns / (losses + returns);
        double room = seen.last()
                .map(last -> {
                    double fading = Math.exp(-(losses + returns) * hours(Duration.between(last.at(), now)));
                    return usually + ((last.hasRoom() ? 1 : 0) - usually) * Math.min(1, fading);
                })
                .orElse(usually);
        return new PoolRates(losses, seen.losses(), returns, seen.returns(), room);
    }

    /// The same of a pool that holds something of ours now.
    PoolRates withRoom() {
        return new PoolRates(lossesPerHour, losses, returnsPerHour, returns, 1);
    }

    /// Rates that may as well be the true ones, drawn from log-normal distributions of the mean and the spread
    /// of the gamma distributions: the less was seen, the further off.
    PoolRates drawn(RandomGenerator random) {
        return new PoolRates(
                lossesPerHour * factor(losses, random),
                losses,
                returnsPerHour * factor(returns, random),
                returns,
                roomNow);
    }

    private static double factor(int seen, RandomGenerator random) {
        double variance = Math.log1p(1.0 / (1 + seen));
        return Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / MILLIS_PER_HOUR;
    }
}
