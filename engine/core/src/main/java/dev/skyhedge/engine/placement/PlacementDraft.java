package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Release;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A decision in the making.
final class PlacementDraft {
    private final PlacementRequest request;
    private final List<Choice> choices = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();
    private final List<ZoneHealth> learnt = new ArrayList<>();
    private final List<String> blocked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Instant> retryAt = Optional.empty();

    PlacementDraft(PlacementRequest request) {
        this.request = request;
    }

    void launch(Choice choice) {
        choices.add(choice);
    }

    void release(Release release) {
        releases.add(release);
    }

    void learn(ZoneHealth entry) {
        learnt.add(entry);
    }

    /// Something is kept for a reason that passes with time: to be looked at again by then.
    void keepUntil(Instant lookAgain, String reason) {
        notes.add(reason);
        retryAt = Blocked.earlier(retryAt, Optional.of(lookAgain));
    }

    /// So many replicas of the market cannot be launched now.
    void block(int count, String market, OfferBook book) {
        blocked.add(Blocked.because(count, market, book, request.now()));
        retryAt = Blocked.earlier(retryAt, book.nextRetry());
    }

    /// So many spot replicas are not launched, because spot has not earned it.
    void waitForSavings(int count, Instant lookAgain) {
        blocked.add(count + (count == 1 ? " spot replica waits" : " spot replicas wait")
                + ": of late, spot was lost so soon after its starts that more of them may cost more than on-demand");
        retryAt = Blocked.earlier(retryAt, Optional.of(lookAgain));
    }

    /// Fills up to the target on-demand; the first `base` of them are there for good.
    void placeOnDemand(int target, int base) {
        placeOnDemand(target, base, "stands in until spot is ready");
    }

    /// The same, with the reason of those that are not there for good.
    void placeOnDemand(int target, int base, String reason) {
        int held = request.held().count(Market.ON_DEMAND);
        int missing = request.missing(Market.ON_DEMAND, target);
        if (missing <= 0) {
            return;
        }
        var onDemand = new OnDemandChooser(request);
        for (int i = 0; i < missing; i++) {
            Role role = held + i < base ? Role.ON_DEMAND : Role.FALLBACK;
            Optional<Choice> choice = onDemand.choose(role, reason);
            if (choice.isEmpty()) {
                block(missing - i, "on-demand", onDemand.book());
                return;
            }
            choices.add(choice.get());
        }
    }

    PlacementDecision finish(Targets targets) {
        return new PlacementDecision(
                targets.spot(),
                targets.onDemand(),
                targets.onDemandSettled(),
                releases,
                choices,
                learnt,
                blocked,
                notes,
                retryAt);
    }
}
