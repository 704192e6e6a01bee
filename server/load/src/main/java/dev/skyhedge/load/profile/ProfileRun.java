package dev.skyhedge.load.profile;

import dev.skyhedge.load.LoadRequest;
import dev.skyhedge.load.LoadRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// Measures a replica: each size by itself, rates as [SaturationSearch] asks for them, Poisson
/// arrivals.
public final class ProfileRun {
    private static final int LEAST_REQUESTS = 100;
    private static final int MOST_IN_FLIGHT = 10_000;

    /// Patience with one request: this many times the limit, and a while at least.
    private static final int PATIENCE = 5;

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    private final ProfileSettings settings;
    private volatile boolean stopped;

    public ProfileRun(ProfileSettings settings) {
        this.settings = settings;
    }

    /// What was found of one size.
    ///
    /// @param maxRate highest rate within the limit, in requests per second; 0 for none
    public record Found(ProfileSettings.Size size, double maxRate, List<ProfilePoint> points) {
        public Found {
            points = List.copyOf(points);
        }
    }

    /// Makes [#run] end after the rate that is being measured. May be called from any thread.
    public void stop() {
        stopped = true;
    }

    /// Measures all sizes.
    ///
    /// @param progress is told each point, on this thread
    /// @return those that were measured to the end: all, if nobody stopped it
    public List<Found> run(Consumer<ProfilePoint> progress) {
        List<Found> all = new ArrayList<>();
        for (ProfileSettings.Size size : settings.sizes()) {
            SaturationSearch search = settings.search().of(size);
            List<ProfilePoint> points = new ArrayList<>();
            for (OptionalDouble rate = search.next(points); rate.isPresent(); rate = search.next(points)) {
                ProfilePoint point = measure(size, rate.getAsDouble(), search, points.size());
                if (stopped) {
                    return all;
                }
                points.add(point);
                progress.accept(point);
            }
            all.add(new Found(size, search.found(points), points));
        }
        return all;
    }

    private ProfilePoint measure(ProfileSettings.Size size, double rate, SaturationSearch search, int index) {
        Duration patience = search.limit().multipliedBy(PATIENCE);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        long millis = Math.max(settings.duration().toMillis(), Math.round(1000 * LEAST_REQUESTS / rate));
        return ProfilePoint.of(
                size,
                rate,
                LoadRun.run(
                        new LoadRequest(
                                settings.uri(),
                                "POST",
                                Optional.of(settings.body(size)),
                                headers,
                                rate,
                                Duration.ofMillis(millis),
                                LoadRequest.Arrivals.POISSON,
                                settings.seed() + index,
                                patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience,
                                MOST_IN_FLIGHT,
                                0),
                        _ -> {}));
    }
}
