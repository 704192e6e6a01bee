package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.RentedTime.Use;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.SpendEntry.Kind;
import java.time.Instant;
import java.util.Optional;

/// Keeps what is spent, what for, and what the wanted replicas would cost on-demand.
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
        Offer offer = instance.offer();
        Kind kind = offer.market() == Market.SPOT ? Kind.RENTED_SPOT : Kind.RENTED_ON_DEMAND;
        RentedTime rented = new RentedTime(
                use(replica), offer.location(), offer.instanceType(), offer.accelerator(), Optional.of(instance.id()));
        draft.change(new Change.PutSpend(
                new SpendEntry(replica.service(), kind, subject(replica), offer.price(), from, Optional.empty())
                        .usedFor(rented)));
    }

    /// What the time of a replica's machine is used for, as things stand.
    private static Use use(ReplicaRecord replica) {
        boolean wasReady = replica.readyAt().isPresent();
        return switch (replica.lifecycle()) {
            case REQUESTED, PROVISIONING, STARTING -> wasReady ? serving(replica) : Use.START;
            case READY -> serving(replica);
            case DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> wasReady ? Use.LEAVING : Use.NEVER_READY;
        };
    }

    private static Use serving(ReplicaRecord replica) {
        return switch (replica.machine().rental().role()) {
            case "spare" -> Use.SPARE;
            case "fallback" -> Use.STAND_IN;
            default -> Use.SERVING;
        };
    }

    /// The replica is in another state, and its machine's time may be used for something else from now on. What was
    /// spent on a start that came to nothing was no start.
    static void turned(Draft draft, ReplicaRecord replica) {
        Use use = use(replica);
        draft.model()
                .spend()
                .of(replica.service(), subject(replica))
                .ifPresent(entry -> entry.rented()
                        .filter(rented -> rented.use() != use)
                        .ifPresent(rented -> turn(draft, entry, rented.usedFor(use))));
    }

    private static void turn(Draft draft, SpendEntry entry, RentedTime next) {
        if (next.use() == Use.NEVER_READY) {
            draft.change(new Change.PutSpend(entry.usedFor(next)));
        } else {
            end(draft, entry, draft.now());
            draft.change(new Change.PutSpend(entry.goingOn(draft.now(), entry.price(), Optional.of(next))));
        }
    }

    /// What a service has cost until now goes with it to its new name, and what is rented goes on.
    static void moved(Draft draft, String from, String to) {
        draft.change(new Change.MoveSpend(from, to));
    }

    static void ended(Draft draft, ReplicaRecord replica, Instant at) {
        draft.model().spend().of(replica.service(), subject(replica)).ifPresent(entry -> {
            SpendEntry known = replica.readyAt().isPresent()
                    ? entry
                    : entry.rented()
                            .map(rented -> entry.usedFor(rented.usedFor(Use.NEVER_READY)))
                            .orElse(entry);
            end(draft, known, at);
        });
    }

    /// From now on it costs another price; what it has cost until now stays as it is.
    static void repriced(Draft draft, ReplicaRecord replica, HourlyPrice price) {
        draft.model()
                .spend()
                .of(replica.service(), subject(replica))
                .filter(entry -> !entry.price().equals(price))
                .ifPresent(entry -> {
                    end(draft, entry, draft.now());
                    draft.change(new Change.PutSpend(entry.goingOn(draft.now(), price, entry.rented())));
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
        draft.change(new Change.PutSpend(entry.endedAt(at)));
    }

    private static String subject(ReplicaRecord replica) {
        return replica.name() + "#" + replica.generation();
    }
}
