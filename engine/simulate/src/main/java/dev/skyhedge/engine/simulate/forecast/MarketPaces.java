package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.SeenSpells.Looked;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Spell;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How fast spells of one kind end in the spot pools of one cloud, in multiples of the usual rate, as far as was seen
/// of them. A hierarchical model (Gelman et al., Bayesian Data Analysis, chapter 5): pools of one cloud are alike up
/// to a gamma distribution around the pace of their market; the market's pace may be anything from a hundredth of the
/// usual one to a thousand times it, and how alike its pools are is not known either. So what is seen of one pool says
/// something of all others, and a market that is unlike others is found to be so within a few losses. Computed on a
/// grid, as ends that fall between two looks leave no closed form.
///
/// Immutable.
final class MarketPaces {
    /// Shapes that the distribution of pools around their market may have, each as likely before anything was seen:
    /// the larger, the more alike they are.
    private static final double[] LIKENESS = {1, 2, 4, 8, 32};

    /// Of the logarithm of a market's pace. Wide: real markets are within a factor of three of the usual one, that of
    /// the cloud in a box, the first that people meet, is more than twenty times as fast.
    private static final double SPREAD = 1.2;

    private static final double SLOWEST = Math.log(1.0 / 128);
    private static final double FASTEST = Math.log(1_024);
    private static final int GRID = 161;
    private static final double STEP = (FASTEST - SLOWEST) / (GRID - 1);
    private static final double[] PACES = new double[GRID];
    /// By likeness and the distance of a pool's pace from that of its market in the grid, from the farthest below on.
    private static final double[][] LOG_PRIOR = new double[LIKENESS.length][2 * GRID - 1];

    static {
        for (int i = 0; i < GRID; i++) {
            PACES[i] = Math.exp(SLOWEST + STEP * i);
        }
        for (int likeness = 0; likeness < LIKENESS.length; likeness++) {
            double[] logs = LOG_PRIOR[likeness];
            for (int i = 0; i < logs.length; i++) {
                double log = STEP * (i - GRID + 1);
                logs[i] = LIKENESS[likeness] * (log - Math.exp(log));
            }
            double sum = logSum(logs);
            for (int i = 0; i < logs.length; i++) {
                logs[i] -= sum;
            }
        }
    }

    /// Of each pool, by its pace.
    private final List<double[]> likelihoods;
    /// Of the market, by the likeness of its pools and its pace.
    private final double[] market;

    MarketPaces(List<SeenSpells> seen) {
        this.likelihoods = seen.stream().map(MarketPaces::likelihoods).toList();
        this.market = new double[LIKENESS.length * GRID];
        for (int i = 0; i < market.length; i++) {
            int pace = i % GRID;
            int likeness = i / GRID;
            double log = Math.log(PACES[pace]);
            market[i] = -log * log / (2 * SPREAD * SPREAD)
                    + likelihoods.stream()
                            .mapToDouble(pool -> logSum(pool(pool, likeness, pace)))
                            .sum();
        }
    }

    private static double[] likelihoods(SeenSpells seen) {
        double[] logs = new double[GRID];
        for (Spell spell : seen.spells()) {
            for (int i = 0; i < GRID; i++) {
                logs[i] += logLikelihood(spell, PACES[i]);
            }
        }
        return logs;
    }

    /// How likely each pace of a pool is in such a market, as logarithms.
    private static double[] pool(double[] likelihoods, int likeness, int market) {
        double[] logs = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            logs[i] = likelihoods[i] + LOG_PRIOR[likeness][i - market + GRID - 1];
        }
        return logs;
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
        int at = drawn(market, random);
        return likelihoods.stream()
                .mapToDouble(pool -> PACES[drawn(pool(pool, at / GRID, at % GRID), random)])
                .toArray();
    }

    /// @param logs how likely each is, as logarithms
    private static int drawn(double[] logs, RandomGenerator random) {
        double all = logSum(logs);
        double left = random.nextDouble();
        for (int i = 0; i < logs.length; i++) {
            left -= Math.exp(logs[i] - all);
            if (left < 0) {
                return i;
            }
        }
        return logs.length - 1;
    }

    private static double logSum(double[] logs) {
        double most = most(logs);
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return most + Math.log(sum);
    }

    private static double most(double[] logs) {
        double most = logs[0];
        for (double log : logs) {
            most = Math.max(most, log);
        }
        return most;
    }
}
