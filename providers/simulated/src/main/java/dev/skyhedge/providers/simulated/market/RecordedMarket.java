package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A market as it was recorded. It begins anew at the end of each series, so that it never ends.
///
/// Times are looked up, not counted in samples: sampling gaps of 34 s or 195 s divide nothing evenly.
public final class RecordedMarket implements MarketTrace {
    /// Runs of one series.
    ///
    /// @param ticks length of the recording, in ticks
    /// @param capacity by tick
    /// @param price by tick, in micro-dollars an hour
    record Recording(int ticks, Steps capacity, Optional<Steps> price) {}

    /// How a market was recorded.
    ///
    /// @param name of the recording
    /// @param cloud whose market it is
    /// @param gap the sampling interval
    /// @param publishedGap another interval, if the recording was published with a wrong one
    /// @param maxCapacity the most instances that were asked for at a time; 1 means that a 1 in the recording
    ///     says "at least one"
    public record Sampling(String name, String cloud, Duration gap, Optional<Duration> publishedGap, int maxCapacity) {}

    private final List<MarketSeries> series;
    private final Map<String, Recording> recordings;
    private final Sampling sampling;
    private final long gapNanos;
    private final Duration offset;

    RecordedMarket(List<MarketSeries> series, Map<String, Recording> recordings, Sampling sampling, Duration offset) {
        this.series = List.copyOf(series);
        this.recordings = new LinkedHashMap<>(recordings);
        this.sampling = sampling;
        this.gapNanos = sampling.gap().toNanos();
        this.offset = offset;
    }

    /// The same recording, beginning this long after its first sample.
    public RecordedMarket startingAt(Duration newOffset) {
        return new RecordedMarket(series, recordings, sampling, newOffset);
    }

    /// The same recording with only these of its series.
    public RecordedMarket limitedTo(List<MarketSeries> some) {
        return new RecordedMarket(some, recordings, sampling, offset);
    }

    /// The same recording with the sampling interval that it was published with, right or wrong.
    public RecordedMarket asPublished() {
        Sampling published = new Sampling(
                sampling.name(),
                sampling.cloud(),
                sampling.publishedGap().orElse(sampling.gap()),
                Optional.empty(),
                sampling.maxCapacity());
        return new RecordedMarket(series, recordings, published, offset);
    }

    /// How it was recorded.
    public Sampling sampling() {
        return sampling;
    }

    /// The sampling interval.
    public Duration gap() {
        return Duration.ofNanos(gapNanos);
    }

    /// How long the recording of a series is.
    public Duration length(String key) {
        return gap().multipliedBy(recording(key).ticks());
    }

    @Override
    public List<MarketSeries> series() {
        return series;
    }

    @Override
    public int capacity(String key, Duration at) {
        Recording recording = recording(key);
        return Math.toIntExact(recording.capacity().at(tick(at) % recording.ticks()));
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        Recording recording = recording(key);
        return recording.price().map(price -> new HourlyPrice(price.at(tick(at) % recording.ticks())));
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        Recording recording = recording(key);
        long tick = tick(at);
        long lap = tick - tick % recording.ticks();
        long next = Math.min(
                next(recording.capacity(), tick - lap, recording.ticks()),
                recording
                        .price()
                        .map(price -> next(price, tick - lap, recording.ticks()))
                        .orElse(Long.MAX_VALUE));
        return Optional.of(
                Duration.ofNanos(Math.multiplyExact(lap + next, gapNanos)).minus(offset));
    }

    private static long next(Steps steps, long tick, int ticks) {
        long next = steps.nextStart(tick);
        return next < 0 ? ticks : next;
    }

    private long tick(Duration at) {
        return at.plus(offset).toNanos() / gapNanos;
    }

    private Recording recording(String key) {
        Recording recording = recordings.get(key);
        if (recording == null) {
            throw new IllegalArgumentException("No series \"" + key + "\" in this market");
        }
        return recording;
    }
}
