package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ClosedScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What providers refused lately, beside what zone health remembers of it.
///
/// @param scopes quotas that were found used up
/// @param lately launches of the latest [#WINDOW] that came to nothing, oldest first
/// @param mistakes launches of this process that were refused for what was asked or for who asked
public record RefusedLaunches(List<ClosedScope> scopes, List<Refusal> lately, List<Mistake> mistakes) {
    /// For how long each refusal counts against the pace of its service.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    public static final RefusedLaunches NONE = new RefusedLaunches(List.of(), List.of(), List.of());

    public RefusedLaunches {
        scopes = List.copyOf(scopes);
        lately = List.copyOf(lately);
        mistakes = List.copyOf(mistakes);
    }

    /// A launch that came to nothing.
    public record Refusal(String service, Market market, Instant at) {}

    /// A launch that was refused for what was asked or for who asked.
    ///
    /// @param service whose launch it was
    /// @param version that the replica would have run
    /// @param offer what was asked for
    /// @param isDenial whether it is about who asked, and thus about all services
    /// @param reason for people
    /// @param at when
    public record Mistake(String service, String version, Offer offer, boolean isDenial, String reason, Instant at) {
        /// When it is worth another try.
        public Instant retryAt() {
            return at.plus(LaunchBackOff.LONGEST);
        }
    }
}
