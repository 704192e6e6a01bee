package dev.skyhedge.watch.planning;

import dev.skyhedge.spi.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was told of providers that fail again and again: they are asked every few seconds, and several questions fail
/// in one way. The same kind of failure is news once a minute. Thread-safe.
public final class ProviderTroubles {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(String kind, Instant at) {}

    /// Whether it is worth telling; if so, it counts as told.
    public boolean isNews(String provider, Failure failure, Instant now) {
        Told news = new Told(failure.kind(), now);
        Told last = told.compute(
                provider,
                (_, before) -> before == null
                                || !before.kind.equals(news.kind)
                                || !before.at.plus(AGAIN).isAfter(now)
                        ? news
                        : before);
        return last == news;
    }
}
