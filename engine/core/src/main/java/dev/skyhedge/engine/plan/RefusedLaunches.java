package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.ClosedScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What providers refused lately, beside what zone health remembers of it.
///
/// @param scopes quotas that were found used up
/// @param lately launches of the latest [#WINDOW] that came to nothing, oldest first
/// @param barred where launches of this process were refused for something else
public record RefusedLaunches(List<ClosedScope> scopes, List<Refusal> lately, List<Barred> barred) {
    /// For how long each refusal counts against the pace of its service.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    public static final RefusedLaunches NONE = new RefusedLaunches(List.of(), List.of(), List.of());

    public RefusedLaunches {
        scopes = List.copyOf(scopes);
        lately = List.copyOf(lately);
        barred = List.copyOf(barred);
    }

    /// A launch that came to nothing.
    public record Refusal(String service, Market market, Instant at) {}
}
