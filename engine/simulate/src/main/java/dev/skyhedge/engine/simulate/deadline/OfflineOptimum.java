package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.JobTerms;
import dev.skyhedge.engine.deadline.Transfer;
import java.util.Arrays;
import java.util.TreeSet;

/// The least that a job can cost by who knows the market in advance, by dynamic programming
/// backwards over ticks, places and the work that is left. Nobody who keeps to the rules of
/// [DeadlineSimulation] pays less.
///
/// Work is counted in the largest step that divides a tick and a restart, so that it is exact;
/// the work as a whole, and the time of transfers, are rounded down to it, in the bound's favour.
public final class OfflineOptimum {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double ROUNDING = 1e-6;
    private static final int MARKETS = 2;

    private final JobMarket market;
    private final int zones;
    private final int ticks;
    private final int tickUnits;
    private final int work;
    /// Of a launch, by the zone of the checkpoint and the zone where it is; the last row is
    /// without a checkpoint.
    private final int[][] overhead;
    private final double[][] dollars;
    /// What is left of an overhead at the beginning of a tick, in order, 0 first.
    private final int[] lefts;

    private OfflineOptimum(JobMarket market, JobTerms terms) {
        this.market = market;
        this.zones = market.zones().size();
        int restartSeconds = (int) Math.floor(terms.restartHours() * SECONDS_PER_HOUR + ROUNDING);
        int unit = gcd(market.tickSeconds(), restartSeconds);
        this.tickUnits = market.tickSeconds() / unit;
        this.work = (int) Math.floor(terms.workHours() * SECONDS_PER_HOUR / unit + ROUNDING);
        this.ticks = Math.min(market.ticks(), (int)
                Math.floor(terms.deadlineHours() * SECONDS_PER_HOUR / market.tickSeconds() + ROUNDING));
        this.overhead = new int[zones + 1][zones];
        this.dollars = new double[zones + 1][zones];
        for (int to = 0; to < zones; to++) {
            overhead[zones][to] = restartSeconds / unit;
            for (int from = 0; from < zones; from++) {
                Transfer transfer = market.transfers().get(from).get(to);
                overhead[from][to] =
                        restartSeconds / unit + (int) Math.floor(transfer.hours() * SECONDS_PER_HOUR / unit + ROUNDING);
                dollars[from][to] = transfer.dollars();
            }
        }
        this.lefts = lefts();
    }

    /// The cost in dollars; infinite if the job cannot be done in time.
    public static double cost(JobMarket market, JobTerms terms) {
        return new OfflineOptimum(market, terms).solve();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private int[] lefts() {
        TreeSet<Integer> values = new TreeSet<>();
        values.add(0);
        for (int[] row : overhead) {
            for (int whole : row) {
                for (int left = whole - tickUnits; left > 0; left -= tickUnits) {
                    values.add(left);
                }
            }
        }
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /// What the rest costs from the beginning of a tick on, by the work that is left.
    ///
    /// @param idle by the zone of the checkpoint; the last is without one
    /// @param held by zone, market (spot first) and what is left of the overhead
    private record Layer(double[][] idle, double[][][][] held) {}

    private Layer layer() {
        Layer layer = new Layer(new double[zones + 1][work + 1], new double[zones][MARKETS][lefts.length][work + 1]);
        for (double[] row : layer.idle()) {
            end(row);
        }
        for (double[][][] zone : layer.held()) {
            for (double[][] rows : zone) {
                for (double[] row : rows) {
                    end(row);
                }
            }
        }
        return layer;
    }

    private static void end(double[] row) {
        Arrays.fill(row, Double.POSITIVE_INFINITY);
        row[0] = 0;
    }

    private double solve() {
        Layer next = layer();
        Layer now = layer();
        for (int tick = ticks - 1; tick >= 0; tick--) {
            for (int from = 0; from <= zones; from++) {
                System.arraycopy(next.idle()[from], 1, now.idle()[from], 1, work);
                launch(tick, from, now.idle()[from], next);
            }
            for (int zone = 0; zone < zones; zone++) {
                keep(tick, zone, now, next);
            }
            Layer free = next;
            next = now;
            now = free;
        }
        return next.idle()[zones][work];
    }

    private void launch(int tick, int from, double[] cost, Layer next) {
        for (int zone = 0; zone < zones; zone++) {
            for (int kind = 0; kind < MARKETS; kind++) {
                if (isPossible(tick, zone, kind)) {
                    double fixed = dollars[from][zone] + price(tick, zone, kind);
                    run(fixed, overhead[from][zone], next.held()[zone][kind], cost);
                }
            }
        }
    }

    private void keep(int tick, int zone, Layer now, Layer next) {
        for (int kind = 0; kind < MARKETS; kind++) {
            for (int i = 0; i < lefts.length; i++) {
                double[] cost = now.held()[zone][kind][i];
                System.arraycopy(now.idle()[zone], 1, cost, 1, work);
                if (isPossible(tick, zone, kind)) {
                    run(price(tick, zone, kind), lefts[i], next.held()[zone][kind], cost);
                }
            }
        }
    }

    /// One tick on an instance, then the rest.
    private void run(double fixed, int left, double[][] held, double[] cost) {
        int progress = Math.max(0, tickUnits - left);
        double[] rest = held[Arrays.binarySearch(lefts, Math.max(0, left - tickUnits))];
        for (int work = 1; work < cost.length; work++) {
            double whole = fixed + rest[Math.max(0, work - progress)];
            if (whole < cost[work]) {
                cost[work] = whole;
            }
        }
    }

    private boolean isPossible(int tick, int zone, int kind) {
        return kind == 1 || market.hasRoom(zone, tick);
    }

    private double price(int tick, int zone, int kind) {
        double hourly = kind == 1 ? market.zones().get(zone).onDemandPrice() : market.spotPrice(zone, tick);
        return hourly * market.tickHours();
    }
}
