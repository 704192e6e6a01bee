package dev.skyhedge.providers.simulated.market;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.providers.simulated.market.RecordedMarket.Recording;
import dev.skyhedge.providers.simulated.table.TableLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads a recorded market from a directory with `meta.json`, `capacity.csv` and, where it has prices,
/// `prices.csv`.
///
/// The runs of a series must cover every tick of its recording once: a gap, an overlap or a series that
/// `meta.json` does not name is an error with its line, because a silently shifted market would still look like
/// one.
public final class RecordedMarketReader {
    /// Whose a market is that does not say it.
    public static final String UNNAMED_CLOUD = "market";

    private static final String CAPACITY = "capacity.csv";
    private static final String PRICES = "prices.csv";
    private static final int SERIES = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final int VALUE = 3;
    private static final int MAX_GAP_SECONDS = 1_000_000;
    private static final int MAX_CAPACITY = 1_000_000;
    private static final int MAX_TICKS = 100_000_000;
    private static final int MAX_USD_PER_HOUR = 1_000_000;
    private static final JsonPointer ALL_SERIES = JsonPointer.compile("/series");

    private RecordedMarketReader() {}

    /// Reads the market.
    ///
    /// @throws MarketFormatException if the files do not hold a market
    /// @throws IOException if they cannot be read
    public static RecordedMarket read(Path directory) throws IOException {
        MarketMeta meta = MarketMeta.read(directory);
        RecordedMarket.Sampling sampling = sampling(meta, directory);
        SequencedMap<String, MarketSeries> series = new LinkedHashMap<>();
        Map<String, Integer> ticks = new LinkedHashMap<>();
        Map<String, Integer> pricedTicks = new LinkedHashMap<>();
        for (int i = 0; i < meta.root().path("series").size(); i++) {
            JsonPointer at = ALL_SERIES.appendIndex(i);
            MarketSeries one = series(meta, at);
            if (series.putIfAbsent(one.key(), one) != null) {
                throw meta.wrong(at, "key", "series \"" + one.key() + "\" is there twice");
            }
            ticks.put(one.key(), meta.positive(at, "ticks", MAX_TICKS));
            if (meta.root().at(at).path("has_prices").asBoolean(false)) {
                pricedTicks.put(one.key(), meta.positive(at, "ticks", MAX_TICKS));
            }
        }
        if (series.isEmpty()) {
            throw meta.wrong(JsonPointer.empty(), "series", "names no series");
        }
        Map<String, Steps> capacity = runs(directory, CAPACITY, ticks, new Column.Capacity(sampling.maxCapacity()));
        Map<String, Steps> prices =
                pricedTicks.isEmpty() ? Map.of() : runs(directory, PRICES, pricedTicks, new Column.Price());
        return new RecordedMarket(
                List.copyOf(series.values()), recordings(ticks, capacity, prices), sampling, Duration.ZERO);
    }

    private static RecordedMarket.Sampling sampling(MarketMeta meta, Path directory) throws MarketFormatException {
        JsonPointer all = JsonPointer.empty();
        JsonNode root = meta.root();
        Optional<Duration> published = root.has("gap_seconds_in_paper_artifact")
                ? Optional.of(Duration.ofSeconds(meta.positive(all, "gap_seconds_in_paper_artifact", MAX_GAP_SECONDS)))
                : Optional.empty();
        return new RecordedMarket.Sampling(
                root.path("set")
                        .asText(String.valueOf(
                                directory.toAbsolutePath().normalize().getFileName())),
                root.path("cloud").asText(UNNAMED_CLOUD),
                Duration.ofSeconds(meta.positive(all, "gap_seconds", MAX_GAP_SECONDS)),
                published,
                meta.positive(all, "max_capacity", MAX_CAPACITY));
    }

    private static Map<String, Recording> recordings(
            Map<String, Integer> ticks, Map<String, Steps> capacity, Map<String, Steps> prices) {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        capacity.forEach((key, steps) -> recordings.put(
                key, new Recording(ticks.getOrDefault(key, 0), steps, Optional.ofNullable(prices.get(key)))));
        return recordings;
    }

    private static MarketSeries series(MarketMeta meta, JsonPointer at) throws MarketFormatException {
        return new MarketSeries(
                meta.text(at, "key"),
                meta.text(at, "region"),
                meta.text(at, "zone"),
                Optional.of(new MarketSeries.Hardware(
                        meta.text(at, "instance_type"),
                        meta.text(at, "gpu"),
                        meta.root().at(at).path("gpus_per_instance").asInt(0))));
    }

    /// The last column of a line.
    private sealed interface Column {
        /// @param most as much was asked for while it was recorded
        record Capacity(int most) implements Column {}

        record Price() implements Column {}

        /// @throws NumberFormatException if it is no number, or more than the most
        default long read(String text) {
            return switch (this) {
                case Capacity(int most) -> {
                    int room = Integer.parseInt(text);
                    if (room > most) {
                        throw new NumberFormatException("Room for " + room + " of " + most);
                    }
                    yield room;
                }
                case Price() -> microDollars(text);
            };
        }

        /// The largest that it takes, in its own unit and in words.
        default String mostInWords() {
            return switch (this) {
                case Capacity(int most) -> most + ", the max_capacity of " + MarketMeta.FILE + ",";
                case Price() -> Integer.toString(MAX_USD_PER_HOUR);
            };
        }
    }

    private static long microDollars(String text) {
        BigDecimal usd = new BigDecimal(text);
        if (usd.abs().compareTo(BigDecimal.valueOf(MAX_USD_PER_HOUR)) > 0) {
            throw new NumberFormatException("A price of " + text + " USD per hour");
        }
        return usd.movePointRight(6).longValue();
    }

    private static Map<String, Steps> runs(Path directory, String file, Map<String, Integer> ticks, Column column)
            throws IOException {
        Map<String, Steps> runs = new LinkedHashMap<>();
        Map<String, Integer> covered = new LinkedHashMap<>();
        long last;
        try (var lines = new TableLines(
                Files.newInputStream(directory.resolve(file)),
                (line, what, remedy) -> new MarketFormatException(file, line, 1, what + ". " + remedy))) {
            header(file, lines);
            while (lines.next()) {
                run(new Line(file, lines), ticks, column, runs, covered);
            }
            last = Math.max(1, lines.line() - 1);
        }
        List<String> unfinished = new ArrayList<>();
        ticks.forEach((key, length) -> {
            if (covered.getOrDefault(key, 0) < length) {
                unfinished.add(key + " ends at tick " + covered.getOrDefault(key, 0) + " of " + length);
            }
        });
        if (!unfinished.isEmpty()) {
            throw new MarketFormatException(file, last, 1, String.join(", ", unfinished));
        }
        return runs;
    }

    /// Without a check, a file without a header would lose its first run.
    private static void header(String file, TableLines lines) throws IOException {
        String expected = "series,start_tick,end_tick," + (file.equals(PRICES) ? "usd_per_hour" : "capacity");
        if (!lines.next() || !expected.equals(String.join(",", lines.cells()))) {
            throw new MarketFormatException(file, 1, 1, "the first line is to be " + expected);
        }
    }

    private record Line(String file, TableLines at) {
        /// @param field index of the field that is wrong
        MarketFormatException wrong(int field, String problem) {
            return new MarketFormatException(file, at.line(), at.column(field), problem);
        }

        String text(int field) {
            return at.cells().get(field);
        }

        int tick(int field) throws MarketFormatException {
            try {
                return Integer.parseInt(text(field));
            } catch (NumberFormatException e) {
                throw wrong(field, "a whole number was expected, not \"" + text(field) + "\"");
            }
        }

        long value(Column column) throws MarketFormatException {
            try {
                return column.read(text(VALUE));
            } catch (NumberFormatException e) {
                throw wrong(
                        VALUE,
                        "a number from 0 to " + column.mostInWords() + " was expected, not \"" + text(VALUE) + "\"");
            }
        }
    }

    private static void run(
            Line line, Map<String, Integer> ticks, Column column, Map<String, Steps> runs, Map<String, Integer> covered)
            throws MarketFormatException {
        if (line.at().cells().size() != VALUE + 1) {
            throw line.wrong(0, "has " + line.at().cells().size() + " fields instead of " + (VALUE + 1));
        }
        String key = line.text(SERIES);
        Integer length = ticks.get(key);
        if (length == null) {
            throw line.wrong(SERIES, "series \"" + key + "\" is not in " + MarketMeta.FILE);
        }
        int start = line.tick(START);
        int end = line.tick(END);
        long value = line.value(column);
        int expected = covered.getOrDefault(key, 0);
        if (start != expected || end <= start || end > length || value < 0) {
            int field = start != expected ? START : value < 0 && end > start && end <= length ? VALUE : END;
            throw line.wrong(field, problem(start, end, expected, length, value));
        }
        runs.computeIfAbsent(key, _ -> new Steps()).add(start, value);
        covered.put(key, end);
    }

    private static String problem(int start, int end, int expected, int length, long value) {
        if (start > expected) {
            return "gap: ticks " + expected + " to " + start + " are missing";
        }
        if (start < expected) {
            return "overlap: tick " + start + " was already covered up to " + expected;
        }
        if (end <= start) {
            return "empty run from tick " + start + " to " + end;
        }
        return end > length ? "run ends at tick " + end + " of " + length : "negative value " + value;
    }
}
