package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A market made up from a setting: zones that fall and come back as Markov chains, each driven by a normal
/// variable that has a part of its own, a part that its region shares, and a part that all share. The parts are
/// weighed so that shares, spells and correlations are the setting's. Capacity is sampled each minute and known
/// for all time.
final class LatentMarket implements MarketTrace {
    /// How long a sample lasts.
    static final Duration SAMPLE = Duration.ofSeconds(60);

    private static final int SAMPLES_PER_DAY = (int) Duration.ofDays(1).dividedBy(SAMPLE);
    private static final double TIDE_STRENGTH = 3;

    private final Map<String, Counts> capacity = new LinkedHashMap<>();
    private final List<MarketSeries> series = new ArrayList<>();
    private final int samples;

    private LatentMarket(int samples) {
        this.samples = samples;
    }

    static LatentMarket of(MarketSetting setting) {
        var market = new LatentMarket(setting.days() * SAMPLES_PER_DAY);
        int[][] capacity = new Drawing(setting, market.samples).capacity();
        for (int zone = 0; zone < setting.zones(); zone++) {
            String region = "region-" + (1 + zone % setting.regions());
            String name = region
                    + (char) ('a' + zone / setting.regions() % 26)
                    + (zone / setting.regions() < 26 ? "" : String.valueOf(zone / setting.regions() / 26));
            market.series.add(MarketSeries.ofZone(region, name));
            market.capacity.put(name, Counts.of(capacity[zone]));
        }
        return market;
    }

    /// How long it is before it begins anew.
    Duration length() {
        return SAMPLE.multipliedBy(samples);
    }

    @Override
    public List<MarketSeries> series() {
        return List.copyOf(series);
    }

    @Override
    public int capacity(String key, Duration at) {
        return capacity(key).at(sample(at));
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        Counts counts = capacity(key);
        long now = index(at);
        int present = counts.at(sample(at));
        for (int ahead = 1; ahead <= samples; ahead++) {
            if (counts.at((int) ((now + ahead) % samples)) != present) {
                return Optional.of(SAMPLE.multipliedBy(now + ahead));
            }
        }
        return Optional.empty();
    }

    private int sample(Duration at) {
        return (int) (index(at) % samples);
    }

    /// [Duration#dividedBy(Duration)] reckons with decimals of any length.
    private static long index(Duration at) {
        return at.toSeconds() / SAMPLE.toSeconds();
    }

    /// What a series has room for, sample by sample.
    Counts capacity(String key) {
        Counts counts = capacity.get(key);
        if (counts == null) {
            throw new IllegalArgumentException("No series \"" + key + "\" in this market");
        }
        return counts;
    }

    /// Draws a market, sample by sample.
    private static final class Drawing {
        private final MarketSetting setting;
        private final int samples;
        private final SplittableRandom random;
        private final ZoneChain plain;
        private final ZoneChain good;
        private final ZoneChain bad;
        private final double cloudWeight;
        private final double regionWeight;
        private final double ownWeight;

        Drawing(MarketSetting setting, int samples) {
            this.setting = setting;
            this.samples = samples;
            this.random = new SplittableRandom(setting.seed());
            this.plain = chain(1);
            this.good = chain(TIDE_STRENGTH);
            this.bad = chain(1 / TIDE_STRENGTH);
            double inRegion = plain.drivingCorrelation(setting.regionCorrelation(), true);
            double inCloud = Math.min(inRegion, plain.drivingCorrelation(setting.cloudCorrelation(), false));
            this.cloudWeight = Math.sqrt(inCloud);
            this.regionWeight = Math.sqrt(inRegion - inCloud);
            this.ownWeight = Math.sqrt(1 - inRegion);
        }

        private ZoneChain chain(double goodness) {
            double minutes = SAMPLE.toSeconds();
            return ZoneChain.of(
                    Math.max(2, setting.up().toSeconds() / minutes * goodness),
                    Math.max(2, setting.down().toSeconds() / minutes / goodness),
                    setting.shocksPerDay() / SAMPLES_PER_DAY);
        }

        int[][] capacity() {
            int[][] capacity = new int[setting.zones()][samples];
            boolean[] up = new boolean[setting.zones()];
            int[] room = new int[setting.zones()];
            for (int zone = 0; zone < up.length; zone++) {
                up[zone] = random.nextDouble() < plain.upShare();
                room[zone] = room();
            }
            int blackout = (int) setting.blackout().dividedBy(SAMPLE);
            int dark = 0;
            for (int t = 0; t < samples; t++) {
                if (t % SAMPLES_PER_DAY == 0 && blackout > 0) {
                    dark = t + random.nextInt(SAMPLES_PER_DAY - blackout);
                }
                boolean isDark = blackout > 0 && t >= dark && t < dark + blackout;
                for (int zone = 0; zone < up.length; zone++) {
                    capacity[zone][t] = up[zone] && !isDark ? room[zone] : 0;
                }
                step(t, up, room);
            }
            return capacity;
        }

        private void step(int sample, boolean[] up, int[] room) {
            double ofCloud = random.nextGaussian();
            double[] ofRegion = new double[setting.regions()];
            boolean[] shocked = new boolean[setting.regions()];
            for (int region = 0; region < ofRegion.length; region++) {
                ofRegion[region] = random.nextGaussian();
                shocked[region] = random.nextDouble() < plain.shock();
            }
            for (int zone = 0; zone < up.length; zone++) {
                int region = zone % setting.regions();
                double driver =
                        cloudWeight * ofCloud + regionWeight * ofRegion[region] + ownWeight * random.nextGaussian();
                ZoneChain chain = chain(zone, region, sample);
                boolean before = up[zone];
                up[zone] = !shocked[region] && driver > (before ? chain.stayUp() : chain.comeUp());
                if (up[zone] && !before) {
                    room[zone] = room();
                }
            }
        }

        private ZoneChain chain(int zone, int region, int sample) {
            return switch (setting.tide()) {
                case NONE -> plain;
                case REGIONS_BY_DAY ->
                    (region % 2 == 0) == (sample % SAMPLES_PER_DAY < SAMPLES_PER_DAY / 2) ? good : bad;
                // Zones are in regions in turn, so every second one of a region, and not every second region.
                case ZONES_BY_TURNS ->
                    (zone / setting.regions() % 2 == 0) == (sample / SAMPLES_PER_DAY % 2 == 0) ? good : bad;
            };
        }

        private int room() {
            int least = (setting.capacity() + 1) / 2;
            return least + random.nextInt(setting.capacity() - least + 1);
        }
    }
}
