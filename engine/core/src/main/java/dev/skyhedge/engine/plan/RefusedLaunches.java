package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ClosedScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

    /// Whether all of these in one market are refused for what this edit asks for.
    public boolean isInvalidEverywhere(Barred.Edit edit, Collection<Offer> offers) {
        for (Market market : Market.values()) {
            List<Offer> there =
                    offers.stream().filter(offer -> offer.market() == market).toList();
            if (!there.isEmpty() && there.stream().allMatch(offer -> isInvalid(edit, offer))) {
                return true;
            }
        }
        return false;
    }

    private boolean isInvalid(Barred.Edit edit, Offer offer) {
        return barred.stream().anyMatch(bar -> bar.edit().isPresent() && bar.isLasting() && bar.covers(offer, edit));
    }

    /// A launch that came to nothing.
    public record Refusal(String service, Accelerator accelerator, Market market, Instant at) {}
}
