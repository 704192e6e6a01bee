package dev.skyhedge.providers.simulated.settings;

import dev.skyhedge.providers.simulated.market.AllOrNothingMarket;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.FasterMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which market.
///
/// @param capacity room of a zone; in a recorded market, room wherever any was recorded; empty means the
///     default
record MarketSettings(
        Kind kind,
        Optional<Path> directory,
        long seed,
        Duration meanUp,
        Duration meanDown,
        Optional<Duration> shockEvery,
        Optional<Integer> capacity,
        Duration notice,
        double speed) {
    enum Kind {
        CALM,
        SYNTHETIC,
        RECORDED
    }

    static final List<String> NAMES =
            List.of("kind", "directory", "seed", "mean_up", "mean_down", "shock_every", "capacity", "notice");
    private static final int MAX_CAPACITY = 1_000_000;
    private static final int CALM_CAPACITY = 1_000;
    private static final int SYNTHETIC_CAPACITY = 4;
    private static final BigDecimal LEAST_SPEED = new BigDecimal("0.001");
    private static final BigDecimal MOST_SPEED = BigDecimal.valueOf(100_000);

    static MarketSettings read(SettingValues all) {
        SettingValues values = all.nested("market");
        values.allowOnly(NAMES);
        Kind kind = switch (values.choice("kind", List.of("calm", "synthetic", "recorded"))) {
            case "synthetic" -> Kind.SYNTHETIC;
            case "recorded" -> Kind.RECORDED;
            default -> Kind.CALM;
        };
        Optional<Path> directory = values.directory("directory");
        if (kind == Kind.RECORDED && directory.isEmpty()) {
            values.wrong("directory", "missing", "Name the directory with meta.json and capacity.csv.");
        }
        Duration meanUp = values.positiveDuration("mean_up").orElse(Duration.ofMinutes(10));
        Duration meanDown = values.positiveDuration("mean_down").orElse(Duration.ofMinutes(2));
        return new MarketSettings(
                kind,
                directory,
                values.whole("seed", 1, 0, Integer.MAX_VALUE),
                meanUp,
                meanDown,
                values.positiveDuration("shock_every"),
                values.has("capacity") ? Optional.of(values.whole("capacity", 1, 1, MAX_CAPACITY)) : Optional.empty(),
                values.duration("notice", Duration.ZERO),
                all.number("speed", BigDecimal.ONE, LEAST_SPEED, MOST_SPEED).doubleValue());
    }

    boolean isRecorded() {
        return kind == Kind.RECORDED;
    }

    /// Builds the market.
    ///
    /// @param zones the series of a market that has none of its own
    MarketTrace build(List<MarketSeries> zones) throws IOException {
        MarketTrace trace = switch (kind) {
            case CALM -> new CalmMarket(zones, capacity.orElse(CALM_CAPACITY));
            case SYNTHETIC ->
                new SyntheticMarket(
                        zones,
                        new SyntheticMarket.Shape(
                                meanUp, meanDown, shockEvery, capacity.orElse(SYNTHETIC_CAPACITY), seed));
            case RECORDED -> recorded();
        };
        return speed == 1 ? trace : new FasterMarket(trace, speed);
    }

    private MarketTrace recorded() throws IOException {
        MarketTrace recorded = RecordedMarketReader.read(directory.orElseThrow());
        return capacity.<MarketTrace>map(room -> new AllOrNothingMarket(recorded, room))
                .orElse(recorded);
    }
}
