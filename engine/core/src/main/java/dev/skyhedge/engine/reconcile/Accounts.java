package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.SpendEntry.Kind;
import java.time.Instant;
import java.util.Optional;

/// Keeps what is spent, and what the wanted replicas would cost on-demand.
final class Accounts {
    private static final String YARDSTICK = "all on-demand from ";

    private Accounts() {}

    static void opened(Draft draft, ReplicaRecord replica, Instance instance) {
        openedAt(draft, replica, instance, instance.launchedAt());
    }

    /// What an imported instance has cost before is not this service's.
    static void imported(Draft draft, ReplicaRecord replica, Instance instance) {
        openedAt(draft, replica, instance, draft.now());
    }

    private static void openedAt(Draft draft, ReplicaRecord replica, Instance instance, Instant from) {
        Kind kind = instance.offer().market() == Market.SPOT ? Kind.RENTED_SPOT : Kind.RENTED_ON_DEMAND;
        draft.change(new Change.PutSpend(new SpendEntry(
                replica.service(), kind, subject(replica), instance.offer().price(), from, Optional.empty())));
    }

    /// What a service has cost until now goes with it to its new name, and what is rented goes on.
    static void moved(Draft draft, String from, String to) {
        draft.change(new Change.MoveSpend(from, to));
    }

    static void ended(Draft draft, ReplicaRecord replica, Instant at) {
        draft.model().spend().of(replica.service(), subject(replica)).ifPresent(entry -> end(draft, entry, at));
    }

    /// From now on it costs another price; what it has cost until now stays as it is.
    static void repriced(Draft draft, ReplicaRecord replica, HourlyPrice price) {
        draft.model()
                .spend()
                .of(replica.service(), subject(replica))
                .filter(entry -> !entry.price().equals(price))
                .ifPresent(entry -> {
                    end(draft, entry, draft.now());
                    draft.change(new Change.PutSpend(new SpendEntry(
                            entry.service(), entry.kind(), entry.subject(), price, draft.now(), Optional.empty())));
                });
    }

    /// Notes the present price of the yardstick, if it is not the one already running.
    static void yardstick(Draft draft, String service, HourlyPrice price) {
        Optional<SpendEntry> running = draft.model().spend().yardstick(service);
        if (running.filter(entry -> entry.price().equals(price)).isPresent()) {
            return;
        }
        running.ifPresent(entry -> end(draft, entry, draft.now()));
        if (price.microDollars() > 0) {
            draft.change(new Change.PutSpend(new SpendEntry(
                    service, Kind.ALL_ON_DEMAND, YARDSTICK + draft.now(), price, draft.now(), Optional.empty())));
        }
    }

    static void end(Draft draft, SpendEntry entry, Instant at) {
        Instant until = at.isBefore(entry.from()) ? entry.from() : at;
        draft.change(new Change.PutSpend(new SpendEntry(
                entry.service(), entry.kind(), entry.subject(), entry.price(), entry.from(), Optional.of(until))));
    }

    private static String subject(ReplicaRecord replica) {
        return replica.name() + "#" + replica.generation();
    }
}
