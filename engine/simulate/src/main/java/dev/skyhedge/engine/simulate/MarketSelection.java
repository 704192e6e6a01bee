package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import java.util.List;
import java.util.stream.Collectors;

/// Which series of a market a service plays in, by whatever protocol.
public enum MarketSelection {
    /// Those of an accelerator and in a place that the service permits. Zones of a made-up market are of no
    /// accelerator and in no real place: they stand for any.
    MATCHING,
    /// All, whatever the service declares.
    ALL;

    /// What machines have that have no GPU.
    public static final Accelerator NO_GPU = Accelerator.parse("CPU:1");

    private static final String WITHOUT_GPU = "none";
    private static final int MAX_NAMED = 4;

    /// The series that take part, in the market's order.
    ///
    /// @param cloud whose market it is
    /// @throws SimulationInputException if there are none
    List<MarketSeries> of(List<MarketSeries> series, String cloud, ResourcesSpec resources) {
        if (this == ALL) {
            return series;
        }
        List<MarketSeries> matching =
                series.stream().filter(one -> permits(resources, cloud, one)).toList();
        if (matching.isEmpty()) {
            throw new SimulationInputException(
                    "The service fits nothing in this market",
                    "None of its " + series.size() + " series is of an accelerator and in a place that the service"
                            + " permits: it takes " + words(resources.accelerators()) + " in "
                            + words(resources.locations()) + ", and the market has "
                            + words(series.stream()
                                    .map(MarketSelection::accelerator)
                                    .distinct()
                                    .toList())
                            + " in "
                            + words(series.stream()
                                    .map(one -> cloud + "/" + one.region() + "/*")
                                    .distinct()
                                    .toList())
                            + ". Change its resources, or play in all series by -series=all.");
        }
        return matching;
    }

    private static boolean permits(ResourcesSpec resources, String cloud, MarketSeries series) {
        return series.hardware().isEmpty()
                || resources.accelerators().contains(accelerator(series))
                        && resources.locations().stream().anyMatch(pattern -> permits(pattern, cloud, series));
    }

    private static boolean permits(LocationPattern pattern, String cloud, MarketSeries series) {
        // A recording that does not say whose it is may be anybody's.
        String whose = cloud.equals(RecordedMarketReader.UNNAMED_CLOUD) ? pattern.cloud() : cloud;
        return pattern.mayMatchCloud(whose) && pattern.matches(new Location(whose, series.region(), series.zone()));
    }

    /// What the machines of a series have.
    public static Accelerator accelerator(MarketSeries series) {
        return series.hardware()
                .filter(hardware -> !hardware.gpu().equals(WITHOUT_GPU))
                .map(hardware -> new Accelerator(hardware.gpu(), Math.max(1, hardware.gpus())))
                .orElse(NO_GPU);
    }

    /// How many series take part, for people.
    public static String inWords(int playing, int recorded) {
        return playing == recorded ? "all " + playing + " series" : playing + " of " + recorded + " series";
    }

    private static String words(List<?> things) {
        String some = things.stream().limit(MAX_NAMED).map(Object::toString).collect(Collectors.joining(", "));
        return things.size() > MAX_NAMED ? some + " and " + (things.size() - MAX_NAMED) + " more" : some;
    }
}
