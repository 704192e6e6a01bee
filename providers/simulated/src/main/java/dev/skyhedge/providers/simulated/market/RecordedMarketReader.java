package dev.skyhedge.providers.simulated.market;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.providers.simulated.market.RecordedMarket.Recording;
import java.io.BufferedReader;
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
    private static final String META = "meta.json";
    private static final String CAPACITY = "capacity.csv";
    private static final String PRICES = "prices.csv";
    private static final long MAX_META_BYTES = 4L << 20;
    private static final int SERIES = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final int VALUE = 3;
    private static final int MAX_GAP_SECONDS = 1_000_000;
    private static final int MAX_TICKS = 100_000_000;

    private RecordedMarketReader() {}

    /// Reads the market.
    ///
    /// @throws MarketFormatException if the files do not hold a market
    /// @throws IOException if they cannot be read
    public static RecordedMarket read(Path directory) throws IOException {
        JsonNode meta = meta(directory.resolve(META));
        RecordedMarket.Sampling sampling = sampling(meta, directory);
        SequencedMap<String, MarketSeries> series = new LinkedHashMap<>();
        Map<String, Integer> ticks = new LinkedHashMap<>();
        Map<String, Integer> pricedTicks = new LinkedHashMap<>();
        for (JsonNode node : meta.path("series")) {
            MarketSeries one = series(node);
            if (series.putIfAbsent(one.key(), one) != null) {
                throw new MarketFormatException(META, "series \"" + one.key() + "\" is there twice");
            }
            ticks.put(one.key(), positive(node, "ticks", MAX_TICKS));
            if (node.path("has_prices").asBoolean(false)) {
                pricedTicks.put(one.key(), positive(node, "ticks", MAX_TICKS));
            }
        }
        if (series.isEmpty()) {
            throw new MarketFormatException(META, "names no series");
        }
        Map<String, Steps> capacity = runs(directory, CAPACITY, ticks, RecordedMarketReader::capacity);
        Map<String, Steps> prices = pricedTicks.isEmpty()
                ? Map.of()
                : runs(directory, PRICES, pricedTicks, RecordedMarketReader::microDollars);
        return new RecordedMarket(
                List.copyOf(series.values()), recordings(ticks, capacity, prices), sampling, Duration.ZERO);
    }

    private static RecordedMarket.Sampling sampling(JsonNode meta, Path directory) throws MarketFormatException {
        Optional<Duration> published = meta.has("gap_seconds_in_paper_artifact")
                ? Optional.of(Duration.ofSeconds(positive(meta, "gap_seconds_in_paper_artifact", MAX_GAP_SECONDS)))
                : Optional.empty();
        return new RecordedMarket.Sampling(
                meta.path("set").asText(String.valueOf(directory.getFileName())),
                meta.path("cloud").asText("market"),
                Duration.ofSeconds(positive(meta, "gap_seconds", MAX_GAP_SECONDS)),
                published,
                meta.path("max_capacity").asInt(0));
    }

    private static Map<String, Recording> recordings(
            Map<String, Integer> ticks, Map<String, Steps> capacity, Map<String, Steps> prices) {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        capacity.forEach((key, steps) -> recordings.put(
                key, new Recording(ticks.getOrDefault(key, 0), steps, Optional.ofNullable(prices.get(key)))));
        return recordings;
    }

    private static JsonNode meta(Path file) throws IOException {
        if (Files.size(file) > MAX_META_BYTES) {
            throw new MarketFormatException(META, "is larger than " + MAX_META_BYTES + " bytes");
        }
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new MarketFormatException(META, line, column, e.getOriginalMessage());
        }
    }

    private static MarketSeries series(JsonNode node) throws MarketFormatException {
        return new MarketSeries(
                text(node, "key"),
                text(node, "region"),
                text(node, "zone"),
                Optional.of(new MarketSeries.Hardware(
                        text(node, "instance_type"),
                        text(node, "gpu"),
                        node.path("gpus_per_instance").asInt(0))));
    }

    private static String text(JsonNode node, String name) throws MarketFormatException {
        String text = node.path(name).asText("");
        if (text.isEmpty()) {
            throw new MarketFormatException(META, "a series has no \"" + name + "\"");
        }
        return text;
    }

    private static int positive(JsonNode node, String name, int max) throws MarketFormatException {
        int number = node.path(name).asInt(0);
        if (number < 1 || number > max) {
            throw new MarketFormatException(META, "\"" + name + "\" is a whole number from 1 to " + max);
        }
        return number;
    }

    /// Reads the last column of a line.
    @FunctionalInterface
    private interface Column {
        long read(String text);
    }

    private static long capacity(String text) {
        return Integer.parseInt(text);
    }

    private static long microDollars(String text) {
        return new BigDecimal(text).movePointRight(6).longValue();
    }

    private static Map<String, Steps> runs(Path directory, String file, Map<String, Integer> ticks, Column column)
            throws IOException {
        Map<String, Steps> runs = new LinkedHashMap<>();
        Map<String, Integer> covered = new LinkedHashMap<>();
        int number = 1;
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve(file))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                run(new Line(file, number, line.split(",", -1)), ticks, column, runs, covered);
            }
        }
        List<String> unfinished = new ArrayList<>();
        ticks.forEach((key, length) -> {
            if (covered.getOrDefault(key, 0) < length) {
                unfinished.add(key + " ends at tick " + covered.getOrDefault(key, 0) + " of " + length);
            }
        });
        if (!unfinished.isEmpty()) {
            throw new MarketFormatException(file, number, 1, String.join(", ", unfinished));
        }
        return runs;
    }

    private record Line(String file, int number, String[] fields) {
        /// @param field index of the field that is wrong
        MarketFormatException wrong(int field, String problem) {
            int column = 1;
            for (int i = 0; i < field; i++) {
                column += fields[i].length() + 1;
            }
            return new MarketFormatException(file, number, column, problem);
        }

        int tick(int field) throws MarketFormatException {
            try {
                return Integer.parseInt(fields[field]);
            } catch (NumberFormatException e) {
                throw wrong(field, "a whole number was expected, not \"" + fields[field] + "\"");
            }
        }

        long value(Column column) throws MarketFormatException {
            try {
                return column.read(fields[VALUE]);
            } catch (NumberFormatException e) {
                throw wrong(VALUE, "a number was expected, not \"" + fields[VALUE] + "\"");
            }
        }
    }

    private static void run(
            Line line, Map<String, Integer> ticks, Column column, Map<String, Steps> runs, Map<String, Integer> covered)
            throws MarketFormatException {
        if (line.fields().length != VALUE + 1) {
            throw line.wrong(0, "has " + line.fields().length + " fields instead of " + (VALUE + 1));
        }
        String key = line.fields()[SERIES];
        Integer length = ticks.get(key);
        if (length == null) {
            throw line.wrong(SERIES, "series \"" + key + "\" is not in " + META);
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
