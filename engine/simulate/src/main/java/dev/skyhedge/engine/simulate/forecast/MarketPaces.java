package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.SeenSpells.Looked;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Spell;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How fast spells of one kind end in the spot pools of one cloud, in multiples of the usual rate, as far as was seen
/// of them. A hierarchical model (Gelman et al., Bayesian Data Analysis, chapter 5): pools of one cloud are alike up
/// to a gamma distribution around the pace of their market; the market's pace may be anything from a hundredth of the
/// usual one to a thousand times it. So what is seen of one pool says something of all others, and a market that is
/// unlike others is found to be so within a few losses. Computed on a grid, as ends that fall between two looks leave
/// no closed form.
///
/// Immutable.
final class MarketPaces {
    /// Shape of the distribution of pools around their market: the larger, the more alike they are.
    private static final double LIKENESS = 2;

    /// Of the logarithm of a market's pace. Wide: real markets are within a factor of three of the usual one, that of
    /// the cloud in a box, the first that people meet, is more than twenty times as fast.
    private static final double SPREAD = 1.2;

    private static final double SLOWEST = Math.log(1.0 / 128);
    private static final double FASTEST = Math.log(1_024);
    private static final int GRID = 241;
    private static final double[] PACES = new double[GRID];

    static {
        for (int i = 0; i < GRID; i++) {
            PACES[i] = Math.exp(SLOWEST + (FASTEST - SLOWEST) * i / (GRID - 1));
        }
    }

    /// Of the market.
    private final Chances market;
    /// Of each pool, by the pace of the market.
    private final List<Chances[]> pools;

    /// How likely each pace of the grid is.
    private record Chances(double[] cumulated, double logSum) {
        static Chances of(double[] logs) {
            double most = Arrays.stream(logs).max().orElseThrow();
            double[] sums = new double[logs.length];
            double sum = 0;
            for (int i = 0; i < logs.length; i++) {
                sum += Math.exp(logs[i] - most);
                sums[i] = sum;
            }
            return new Chances(sums, most + Math.log(sum));
        }

        /// @param share from 0 up to 1
        int at(double share) {
            int found = Arrays.binarySearch(cumulated, share * cumulated[cumulated.length - 1]);
            return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
        }
    }

    MarketPaces(List<SeenSpells> seen) {
        this.pools = seen.stream().map(MarketPaces::pool).toList();
        double[] logs = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            double log = Math.log(PACES[i]);
            int at = i;
            logs[i] = -log * log / (2 * SPREAD * SPREAD)
                    + pools.stream().mapToDouble(pool -> pool[at].logSum()).sum();
        }
        this.market = Chances.of(logs);
    }

    private static Chances[] pool(SeenSpells seen) {
        double[] likelihoods = new double[GRID];
        for (Spell spell : seen.spells()) {
            for (int i = 0; i < GRID; i++) {
                likelihoods[i] += logLikelihood(spell, PACES[i]);
            }
        }
        Chances[] chances = new Chances[GRID];
        double[] logs = new double[GRID];
        for (int market = 0; market < GRID; market++) {
            for (int i = 0; i < GRID; i++) {
                double relative = PACES[i] / PACES[market];
                logs[i] = likelihoods[i] + LIKENESS * (Math.log(relative) - relative);
            }
            chances[market] = Chances.of(logs);
        }
        return chances;
    }

    private static double logLikelihood(Spell spell, double pace) {
        return switch (spell) {
            case Watched(Duration length, boolean over) ->
                -pace * PoolSpells.usualEnds(length) + (over ? Math.log(pace) : 0);
            case Looked(List<Duration> looks, Optional<Duration> overBy) -> {
                double log = 0;
                for (int i = 1; i < looks.size(); i++) {
                    log += Math.log(1 - other(looks.get(i - 1), looks.get(i), pace));
                }
                yield log
                        + overBy.map(at -> Math.log(other(looks.getLast(), at, pace)))
                                .orElse(0.0);
            }
        };
    }

    /// Probability that a pool is found otherwise at the second of two looks. It may have ended one spell and begun
    /// another of the kind between them: both kinds are taken to be of one pace, and alike often.
    private static double other(Duration look, Duration next, double pace) {
        double ended = -Math.expm1(-pace * (PoolSpells.usualEnds(next) - PoolSpells.usualEnds(look)));
        double again = -Math.expm1(-pace * PoolSpells.usualEnds(next.minus(look))) / 2;
        return Math.max(ended * (1 - again), Double.MIN_NORMAL);
    }

    /// Paces of all pools that may as well be the true ones: the less was seen, the further off.
    double[] drawn(RandomGenerator random) {
        int at = market.at(random.nextDouble());
        return pools.stream()
                .mapToDouble(pool -> PACES[pool[at].at(random.nextDouble())])
                .toArray();
    }
}
