package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.placement.QuotaLearning;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes down what launches and readings taught about quotas.
final class QuotaNews {
    private QuotaNews() {}

    /// A launch met a quota.
    static void refused(Draft draft, Offer offer, Failure.Quota failure, Instant requestedAt) {
        Model model = draft.model();
        // What does not even cover what was asked for would close nothing, and the same would be asked again.
        Scope scope = failure.scope().covers(offer) ? failure.scope() : Scope.of(offer);
        var met = new QuotaLearning.Met(scope, model.countIn(scope), failure.message());
        put(draft, QuotaLearning.refused(model.refused().of(scope), met, requestedAt, draft.now()));
    }

    /// A launch was accepted, and its replica has its instance.
    static void accepted(Draft draft, Offer offer, Instant requestedAt) {
        for (ClosedScope known : draft.model().refused().scopes()) {
            if (known.scope().covers(offer)) {
                Optional<ClosedScope> after =
                        QuotaLearning.accepted(known, draft.model().countIn(known.scope()), requestedAt);
                after.ifPresentOrElse(
                        found -> put(draft, found), () -> draft.change(new Change.ForgetClosedScope(known)));
            }
        }
    }

    /// A cloud said how much its account may still rent.
    static void read(Draft draft, String provider, List<AccountQuota> quotas, Instant at) {
        for (ClosedScope known : draft.model().refused().scopes()) {
            if (known.scope().locations().mayMatchCloud(provider)
                    && at.isAfter(known.since())
                    && known.retryAt().isAfter(draft.now())
                    && isRoom(draft, known, quotas)) {
                put(draft, QuotaLearning.hasRoom(known, draft.now()));
            }
        }
    }

    /// Whether some quota speaks of what is closed, and none that does is used up.
    private static boolean isRoom(Draft draft, ClosedScope known, List<AccountQuota> quotas) {
        List<AccountQuota> relevant = quotas.stream()
                .filter(quota -> draft.model().supply().offers().stream()
                        .anyMatch(offer -> known.scope().covers(offer) && quota.covers(offer)))
                .toList();
        return !relevant.isEmpty() && relevant.stream().allMatch(quota -> quota.remaining() > 0);
    }

    private static void put(Draft draft, ClosedScope found) {
        if (!draft.model().refused().of(found.scope()).equals(Optional.of(found))) {
            draft.change(new Change.PutClosedScope(found));
        }
    }
}
