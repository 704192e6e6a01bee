package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.AllOrNothingMarket;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Cuts windows out of markets.
public final class MarketWindows {
    /// Room of a zone whose recording only says that there was some.
    public static final int UNLIMITED = 1_000_000_000;

    private static final String PUBLISHED = "published-offsets.properties";

    private MarketWindows() {}

    /// The recording as the paper's protocol reads it: at the interval that it was published with, and where it
    /// was made by asking for one instance at a time, a 1 stands for any number.
    public static MarketTrace asPublished(RecordedMarket market) {
        RecordedMarket published = market.asPublished();
        return published.sampling().maxCapacity() == 1 ? new AllOrNothingMarket(published, UNLIMITED) : published;
    }

    /// Where the windows of a recording begin that the paper's own simulation draws first, in ticks; empty for
    /// other recordings.
    public static Optional<List<Long>> publishedOffsets(String recording) {
        var offsets = new Properties();
        try (InputStream in = MarketWindows.class.getResourceAsStream(PUBLISHED)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + PUBLISHED);
            }
            offsets.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + PUBLISHED, e);
        }
        return Optional.ofNullable(offsets.getProperty(recording))
                .map(line -> Arrays.stream(line.split(" ")).map(Long::valueOf).toList());
    }

    /// Draws offsets at which a window of this many ticks fits, uniformly.
    ///
    /// @param length how long the market is
    public static List<Long> drawOffsets(int count, Duration length, PaperProtocol protocol, long seed) {
        long last = length.dividedBy(protocol.tick()) - protocol.ticks();
        var random = new SplittableRandom(seed);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            offsets.add(last <= 0 ? 0 : random.nextLong(last));
        }
        return offsets;
    }

    /// The windows at these offsets. The order of the zones is shuffled before each window, beginning with the
    /// order of the window before, as the paper's simulation does.
    ///
    /// @param seed makes the orders
    public static List<MarketWindow> cut(
            MarketTrace market, String cloud, List<Long> offsets, PaperProtocol protocol, long seed) {
        var random = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, market.series().size()).boxed().toList());
        List<MarketWindow> windows = new ArrayList<>();
        for (long offset : offsets) {
            shuffle(order, random);
            windows.add(MarketWindow.of(market, cloud, offset, protocol.ticks(), protocol.tick())
                    .inOrder(order));
        }
        return windows;
    }

    private static void shuffle(List<Integer> order, SplittableRandom random) {
        for (int i = order.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order.get(i);
            order.set(i, order.get(other));
            order.set(other, moved);
        }
    }
}
