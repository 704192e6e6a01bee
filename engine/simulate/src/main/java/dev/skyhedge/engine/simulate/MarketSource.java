package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.MarketFormatException;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.diagnostics.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A market to simulate in.
///
/// @param name what to call it
/// @param cloud whose market it is
/// @param inPaper the market as the paper's protocol reads it
/// @param inTime the market in its own time
/// @param gap how long a sample of it lasts in the paper's protocol; empty if it is not sampled
/// @param length how long it is before it begins anew, in the paper's protocol
/// @param publishedOffsets where the windows begin that were published for it, in ticks; empty if there are none
/// @param recordedSeries how many series there are, those included that do not take part
public record MarketSource(
        String name,
        String cloud,
        MarketTrace inPaper,
        MarketTrace inTime,
        Optional<Duration> gap,
        Duration length,
        List<Long> publishedOffsets,
        int recordedSeries) {
    private static final String SYNTHETIC = "synthetic:";
    private static final String RUNS_FORMAT =
            "Each line of capacity.csv and prices.csv is series,start_tick,end_tick,value; the runs of a series follow"
                    + " one another without a gap from tick 0 to its \"ticks\" in meta.json.";
    private static final String META_FORMAT =
            "meta.json has gap_seconds, max_capacity and series, each with key, zone, region, instance_type, gpu and"
                    + " ticks.";

    public MarketSource {
        publishedOffsets = List.copyOf(publishedOffsets);
    }

    /// Opens the market that a text names, with all of its series: a directory with a recording, or `synthetic:`
    /// and a setting.
    ///
    /// @throws SimulationInputException if there is none
    public static MarketSource open(String text) {
        return text.startsWith(SYNTHETIC) ? synthetic(text.substring(SYNTHETIC.length())) : recorded(Path.of(text));
    }

    private static MarketSource recorded(Path directory) {
        RecordedMarket market = read(directory);
        return recorded(market, market.series().size());
    }

    private static MarketSource synthetic(String setting) {
        LatentMarket market = LatentMarket.of(MarketSetting.parse(setting));
        return new MarketSource(
                SYNTHETIC + setting,
                "synthetic",
                market,
                market,
                Optional.empty(),
                market.length(),
                List.of(),
                market.series().size());
    }

    /// The same market with only the series that a service plays in.
    ///
    /// @throws SimulationInputException if there are none
    public MarketSource of(MarketSelection selection, ResourcesSpec resources) {
        List<MarketSeries> playing = selection.of(inTime.series(), cloud, resources);
        return inTime instanceof RecordedMarket recorded && playing.size() < recordedSeries
                ? recorded(recorded.limitedTo(playing), recordedSeries)
                : this;
    }

    /// How many of its series take part, for people.
    public String seriesInWords() {
        return MarketSelection.inWords(inTime.series().size(), recordedSeries);
    }

    private static MarketSource recorded(RecordedMarket market, int recordedSeries) {
        RecordedMarket published = market.asPublished();
        Duration length = published.series().stream()
                .map(series -> published.length(series.key()))
                .min(Duration::compareTo)
                .orElseThrow();
        return new MarketSource(
                market.sampling().name(),
                market.sampling().cloud(),
                MarketWindows.asPublished(market),
                market,
                Optional.of(published.gap()),
                length,
                MarketWindows.publishedOffsets(market.sampling().name()).orElse(List.of()),
                recordedSeries);
    }

    private static RecordedMarket read(Path directory) {
        if (!Files.isRegularFile(directory.resolve("meta.json"))) {
            throw new SimulationInputException(
                    "No market there",
                    directory + " is not a directory with a recorded market: it has no meta.json. A recording is"
                            + " meta.json, capacity.csv and, if it has prices, prices.csv; a market that is made up is"
                            + " named synthetic:SETTING.");
        }
        try {
            return RecordedMarketReader.read(directory);
        } catch (MarketFormatException e) {
            String place = String.valueOf(e.getMessage());
            throw new SimulationInputException(
                    "The market cannot be read",
                    directory.resolve(place) + ". " + (place.startsWith("meta.json") ? META_FORMAT : RUNS_FORMAT));
        } catch (NoSuchFileException e) {
            throw new SimulationInputException(
                    "The market cannot be read",
                    e.getFile() + ": there is no such file. A recording has capacity.csv, and prices.csv if a series in"
                            + " meta.json has \"has_prices\": true.");
        } catch (IOException e) {
            throw new SimulationInputException("The market cannot be read", directory + ": " + FileReason.of(e) + ".");
        }
    }

    /// So many offsets, in ticks. With seed 0 the published ones come first.
    public List<Long> offsets(int count, PaperProtocol protocol, long seed) {
        if (seed == 0 && count <= publishedOffsets.size()) {
            return publishedOffsets.subList(0, count);
        }
        return MarketWindows.drawOffsets(count, length, protocol, seed);
    }
}
