package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long markets have the statistics that were asked for.
class LatentMarketTest {
    private static final Percentage FIVE_PERCENT = Percentage.withPercentage(5);
    private static final int MINUTES_PER_DAY = 1_440;

    /// Whether each zone has capacity, minute by minute.
    private static List<boolean[]> drawn(String setting, int days) {
        LatentMarket market = LatentMarket.of(MarketSetting.parse(setting + ",days=" + days));
        return market.series().stream()
                .map(series -> up(market.capacity(series.key())))
                .toList();
    }

    private static boolean[] up(Counts capacity) {
        boolean[] up = new boolean[capacity.size()];
        for (int t = 0; t < up.length; t++) {
            up[t] = capacity.at(t) > 0;
        }
        return up;
    }

    private static double share(boolean[] up) {
        int count = 0;
        for (boolean one : up) {
            count += one ? 1 : 0;
        }
        return count / (double) up.length;
    }

    private static int falls(boolean[] up) {
        int falls = 0;
        for (int t = 1; t < up.length; t++) {
            falls += up[t - 1] && !up[t] ? 1 : 0;
        }
        return falls;
    }

    private static double correlation(boolean[] one, boolean[] other) {
        int both = 0;
        for (int t = 0; t < one.length; t++) {
            both += one[t] && other[t] ? 1 : 0;
        }
        double p = share(one);
        double q = share(other);
        return (both / (double) one.length - p * q) / Math.sqrt(p * (1 - p) * q * (1 - q));
    }

    /// The mean over all pairs of zones of which `sameRegion` holds; zones are in regions in turn.
    private static double meanCorrelation(List<boolean[]> zones, int regions, boolean sameRegion) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < zones.size(); i++) {
            for (int j = i + 1; j < zones.size(); j++) {
                if ((i % regions == j % regions) == sameRegion) {
                    sum += correlation(zones.get(i), zones.get(j));
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"independent", "one-region", "clusters", "region-shocks"})
    void hasTheSharesAndSpellsAskedFor(String name) {
        MarketSetting setting = MarketSetting.parse(name);
        List<boolean[]> zones = drawn(name, 200);
        double up = setting.up().toMinutes();
        double down = setting.down().toMinutes();

        double share =
                zones.stream().mapToDouble(LatentMarketTest::share).average().orElseThrow();
        double falls =
                zones.stream().mapToInt(LatentMarketTest::falls).average().orElseThrow();

        assertThat(share).isCloseTo(up / (up + down), FIVE_PERCENT);
        assertThat(share * zones.getFirst().length / falls).isCloseTo(up, FIVE_PERCENT);
        assertThat((1 - share) * zones.getFirst().length / falls).isCloseTo(down, FIVE_PERCENT);
    }

    @Test
    void hasTheCorrelationsAskedFor() {
        List<boolean[]> clusters = drawn("clusters", 600);
        assertThat(meanCorrelation(clusters, 3, true)).isCloseTo(0.4, FIVE_PERCENT);
        assertThat(meanCorrelation(clusters, 3, false)).isCloseTo(0.1, within(0.01));

        assertThat(meanCorrelation(drawn("one-region", 600), 1, true)).isCloseTo(0.7, FIVE_PERCENT);
        assertThat(meanCorrelation(drawn("independent", 200), 3, false)).isCloseTo(0, within(0.02));
    }

    @Test
    void zonesFallTogetherAsOftenAsTheChainSays() {
        MarketSetting setting = MarketSetting.parse("region-shocks");
        List<boolean[]> zones = drawn("region-shocks", 600);
        ZoneChain chain = ZoneChain.of(
                setting.up().toMinutes(), setting.down().toMinutes(), setting.shocksPerDay() / MINUTES_PER_DAY);
        double driving = chain.drivingCorrelation(setting.regionCorrelation(), true);

        // Zones 0 and 3 are of one region.
        double seen = together(zones.get(0), zones.get(3));

        assertThat(seen).isCloseTo(chain.bothFall(driving, true), FIVE_PERCENT);
        assertThat(chain.bothFall(driving, true)).isGreaterThan(0.9 / MINUTES_PER_DAY);
    }

    /// How often both fall when both are up.
    private static double together(boolean[] one, boolean[] other) {
        int both = 0;
        int fell = 0;
        for (int t = 1; t < one.length; t++) {
            if (one[t - 1] && other[t - 1]) {
                both++;
                fell += !one[t] && !other[t] ? 1 : 0;
            }
        }
        return fell / (double) both;
    }

    @Test
    void dayIsOneRegionsNight() {
        List<boolean[]> zones = drawn("day-night", 200);

        assertThat(meanCorrelation(zones, 2, false)).isLessThan(-0.1);
        assertThat(meanCorrelation(zones, 2, true)).isGreaterThan(0.1);
    }

    @Test
    void zonesTakeTurns() {
        List<boolean[]> zones = drawn("drift", 200);

        // Zones 0 and 3 are of one region and take turns.
        assertThat(correlation(zones.get(0), zones.get(3))).isLessThan(-0.1);
    }

    @Test
    void allZonesAreDownForTwoHoursADay() {
        List<boolean[]> zones = drawn("blackout", 20);
        int longest = 0;
        int spell = 0;
        for (int t = 0; t < zones.getFirst().length; t++) {
            int minute = t;
            spell = zones.stream().noneMatch(up -> up[minute]) ? spell + 1 : 0;
            longest = Math.max(longest, spell);
        }

        assertThat(longest).isGreaterThanOrEqualTo(120);
    }

    @Test
    void theSameSeedIsTheSameMarket() {
        assertThat(drawn("clusters,seed=5", 3)).usingRecursiveComparison().isEqualTo(drawn("clusters,seed=5", 3));
        assertThat(drawn("clusters,seed=6", 3).getFirst())
                .isNotEqualTo(drawn("clusters,seed=5", 3).getFirst());
    }

    @Test
    void saysWhenItNextChanges() {
        LatentMarket market = LatentMarket.of(MarketSetting.parse("independent,days=2"));
        String key = market.series().getFirst().key();
        Duration at = Duration.ofMinutes(10);

        Duration next = market.nextChange(key, at).orElseThrow();

        assertThat(market.capacity(key, next)).isNotEqualTo(market.capacity(key, at));
        assertThat(market.capacity(key, next.minusNanos(1))).isEqualTo(market.capacity(key, at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "clusters,zone=3", "clusters,zones=x", "clusters,corr_region=1", "clusters,up="})
    void refusesWhatIsNotASetting(String text) {
        assertThatThrownBy(() -> MarketSetting.parse(text)).isInstanceOf(SimulationInputException.class);
    }
}
