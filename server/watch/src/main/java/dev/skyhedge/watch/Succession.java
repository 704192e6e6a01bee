package dev.skyhedge.watch;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.endpoints.ServiceBalancers;
import dev.skyhedge.watch.news.WatchNews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// How a watching process comes to the lease: it stands by while another has it, and takes it once it is free, unless
/// there is nothing left to lead. Used by one thread.
final class Succession {
    private final StateStore store;
    private final InstantSource clock;
    private final Predecessor predecessor;
    private final ServiceBalancers balancers;
    private final WatchNews news;
    private final LeaseClaim claim = LocalProcesses.claim(Leadership.WATCH, "1");
    private Optional<Instant> standingBySince = Optional.empty();
    private long toldHolder = -1;

    /// What a look at the lease found.
    sealed interface Turn {
        /// It is ours from now on.
        record Ours(Lease lease) implements Turn {}

        /// It is ours, and everything was ended, as ordered, while this process stood by.
        record Over(Lease lease) implements Turn {}

        /// Somebody else has it.
        record Theirs() implements Turn {}
    }

    Succession(
            StateStore store,
            InstantSource clock,
            Predecessor predecessor,
            ServiceBalancers balancers,
            WatchNews news) {
        this.store = store;
        this.clock = clock;
        this.predecessor = predecessor;
        this.balancers = balancers;
        this.news = news;
    }

    /// Tries to get the lease.
    ///
    /// @throws StateException if the state is away
    Turn look() {
        return switch (store.acquire(claim)) {
            case LeaseResult.Granted(Lease lease) -> granted(lease);
            case LeaseResult.Unavailable(var problem) -> throw new StateException(problem);
            case LeaseResult.HeldBy(Lease held) -> {
                standBy(held);
                yield new Turn.Theirs();
            }
        };
    }

    private Turn granted(Lease lease) {
        Turn turn = hasEndedMeanwhile() ? new Turn.Over(lease) : new Turn.Ours(lease);
        standingBySince = Optional.empty();
        toldHolder = -1;
        return turn;
    }

    /// Whether everything was ended while this process stood by, and nothing has been ordered since. To lead would
    /// begin it anew.
    private boolean hasEndedMeanwhile() {
        return standingBySince.isPresent()
                && store.newestOrder()
                        .filter(placed -> placed.order() instanceof Order.Destroy)
                        .flatMap(PlacedOrder::answer)
                        .filter(answer -> answer instanceof OrderAnswer.Done done
                                && !done.at().isBefore(standingBySince.get()))
                        .isPresent();
    }

    private void standBy(Lease held) {
        if (standingBySince.isEmpty()) {
            standingBySince = Optional.of(clock.instant());
        }
        predecessor.seen(held);
        if (held.epoch() != toldHolder) {
            toldHolder = held.epoch();
            news.say("Waiting: the state is leased to " + Leases.describe(held) + ".");
        }
        if (held.claim().operation().equals(Leadership.WATCH)) {
            // It opens the same endpoints, with newer routes.
            balancers.leave();
        }
    }
}
