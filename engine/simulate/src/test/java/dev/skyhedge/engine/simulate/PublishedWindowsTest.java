package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The published simulation's own figures, window by window, on its own recordings: those are not ours to ship,
/// so that this runs only where `-Dskyhedge.recordings=DIR` says where they are.
@EnabledIfSystemProperty(named = "skyhedge.recordings", matches = ".+")
class PublishedWindowsTest {
    private static final String AWS_1 = "aws1-v100-4node-2023-08-03";
    private static final String AWS_3 = "aws3-v100-1node-2023-02-15";
    private static final int SEEDS = 4;
    private static final PlacementSpec ARTIFACT = new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0);

    private static final double[][] AWS_1_WINDOWS = {
        // full, cost, bound
        {98.44, 58.13, 47.78},
        {98.61, 52.43, 41.75},
        {99.30, 52.93, 42.00},
        {99.89, 44.76, 33.33},
        {97.22, 68.19, 59.74},
        {100.00, 44.51, 33.33},
        {99.30, 58.87, 48.79},
        {99.96, 44.66, 33.33},
        {100.00, 44.51, 33.33},
        {100.00, 44.65, 33.33}
    };
    private static final double[][] AWS_3_WINDOWS = {
        {99.93, 44.70, 33.35},
        {99.83, 46.00, 34.60},
        {99.63, 44.89, 33.40},
        {99.91, 44.67, 33.35},
        {99.67, 45.01, 34.06},
        {99.80, 44.72, 33.35},
        {99.76, 44.75, 33.36},
        {99.05, 50.24, 43.65},
        {99.07, 46.18, 34.52},
        {100.00, 44.62, 33.33}
    };

    private static RecordedMarket recorded(String name) throws IOException {
        return RecordedMarketReader.read(Path.of(System.getProperty("skyhedge.recordings"), name));
    }

    private static List<MarketWindow> windows(String name, MarketTrace market, int seed) {
        return MarketWindows.cut(
                market, "aws", MarketWindows.publishedOffsets(name).orElseThrow(), PaperProtocol.DEFAULT, seed);
    }

    private static List<Outcome> play(PlacementSpec placement, MarketWindow window) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            outcomes.add(PaperRun.of(Windows.service(placement), window, PaperProtocol.DEFAULT, seed)
                    .outcome());
        }
        return outcomes;
    }

    private static double percent(List<Outcome> outcomes, Figure figure) {
        return 100 * outcomes.stream().mapToDouble(figure::of).average().orElseThrow();
    }

    private static void spotHedge(String name, double[][] expected) throws IOException {
        List<Outcome> all = new ArrayList<>();
        List<MarketWindow> windows = windows(name, MarketWindows.asPublished(recorded(name)), 0);
        for (int i = 0; i < windows.size(); i++) {
            List<Outcome> outcomes = play(ARTIFACT, windows.get(i));
            assertThat(percent(outcomes, Figure.FULL)).isCloseTo(expected[i][0], within(1.0));
            assertThat(percent(outcomes, Figure.COST_SHARE)).isCloseTo(expected[i][1], within(0.5));
            all.addAll(outcomes);
        }
        assertThat(percent(all, Figure.FULL)).isCloseTo(mean(expected, 0), within(0.2));
        assertThat(percent(all, Figure.COST_SHARE)).isCloseTo(mean(expected, 1), within(0.3));
    }

    private static double mean(double[][] rows, int column) {
        double sum = 0;
        for (double[] row : rows) {
            sum += row[column];
        }
        return sum / rows.length;
    }

    @Test
    void spotHedgeIsAsPublishedOnAws1() throws IOException {
        spotHedge(AWS_1, AWS_1_WINDOWS);
    }

    @Test
    void spotHedgeIsAsPublishedOnAws3() throws IOException {
        spotHedge(AWS_3, AWS_3_WINDOWS);
    }

    @Test
    void roundRobinIsAsPublished() throws IOException {
        assertMeans(new PlacementSpec.RoundRobin(), AWS_1, 87.98, 30.01, 0.5, 0.2);
        assertMeans(new PlacementSpec.RoundRobin(), AWS_3, 98.11, 33.03, 0.5, 0.2);
    }

    @Test
    void evenSpreadIsAsPublished() throws IOException {
        assertMeans(new PlacementSpec.EvenSpread(), AWS_1, 30.35, 19.43, 0.1, 0.1);
    }

    @Test
    void onDemandIsAlwaysThereAtFullPrice() throws IOException {
        assertMeans(new PlacementSpec.OnDemand(), AWS_1, 100, 100, 0, 0);
    }

    private static void assertMeans(
            PlacementSpec placement, String name, double full, double cost, double ofFull, double ofCost)
            throws IOException {
        List<Outcome> all = new ArrayList<>();
        for (int order = 0; order < 2; order++) {
            for (MarketWindow window : windows(name, MarketWindows.asPublished(recorded(name)), order)) {
                all.add(PaperRun.of(Windows.service(placement), window, PaperProtocol.DEFAULT, order)
                        .outcome());
            }
        }
        assertThat(percent(all, Figure.FULL)).isCloseTo(full, within(ofFull + 1e-9));
        assertThat(percent(all, Figure.COST_SHARE)).isCloseTo(cost, within(ofCost + 1e-9));
    }

    @Test
    void theBoundIsAsPublishedOnAws1() throws IOException {
        bounds(windows(AWS_1, MarketWindows.asPublished(recorded(AWS_1)), 0), AWS_1_WINDOWS);
    }

    /// The published bounds let nobody have more than the one instance that each zone was asked for, although the
    /// policies may have as many as they like.
    @Test
    void theBoundIsAsPublishedOnAws3WithOneInstanceAZone() throws IOException {
        bounds(windows(AWS_3, recorded(AWS_3).asPublished(), 0), AWS_3_WINDOWS);
    }

    private static void bounds(List<MarketWindow> windows, double[][] expected) {
        for (int i = 0; i < windows.size(); i++) {
            Bound bound =
                    OmniscientBound.of(windows.get(i), PaperProtocol.DEFAULT).orElseThrow();
            assertThat(bound.isIntegral()).isTrue();
            assertThat(100 * bound.costShare()).isCloseTo(expected[i][2], within(0.05));
        }
    }
}
