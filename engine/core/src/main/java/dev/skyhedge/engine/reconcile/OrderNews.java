package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers orders. One that comes into force does nothing by itself: plans are made with it from then on, by this
/// controller and every later one, until what it asks for is seen to be so. Reading and doing are two commits, so
/// none is lost between them, and as an order names the generation that it is about, none is carried out twice.
public final class OrderNews {
    /// Kind of the event that each answer leaves.
    public static final String EVENT = "order";

    /// Whoever asked does not wait for it any more.
    private static final Duration STALE = Duration.ofMinutes(15);

    /// Answers open no intents.
    private static final long NO_EPOCH = 0;

    private final Draft draft;
    private final Model model;

    private OrderNews(Draft draft) {
        this.draft = draft;
        this.model = draft.model();
    }

    /// Brings orders into force or refuses them, and ends those that have been carried out.
    static void take(Draft draft) {
        var news = new OrderNews(draft);
        draft.model().orders().waiting().forEach(news::answer);
        draft.model().orders().inForce().forEach(news::endOnceDone);
    }

    /// The answers to the orders that wait, where nobody controls the state: what they come to is planned later.
    public static List<Change> answers(Snapshot snapshot, Instant now) {
        var draft = new Draft(new Model(snapshot, List.of()), now, NO_EPOCH);
        take(draft);
        return draft.changes();
    }

    private void answer(PlacedOrder placed) {
        if (placed.at().plus(STALE).isBefore(draft.now())) {
            refuse(
                    placed,
                    "Nobody read it for " + STALE.toMinutes() + "m, and it may not be meant any more. Ask again");
            return;
        }
        switch (placed.order()) {
            case Order.EndReplica end -> end(placed, end);
            case Order.PauseService(String service) -> pause(placed, service);
            case Order.ResumeService(String service) -> resume(placed, service);
            case Order.AvoidZone(LocationPattern location, Optional<Instant> until) -> avoid(placed, location, until);
            case Order.AllowZone(LocationPattern location) -> allow(placed, location);
            case Order.ApplySpec apply -> apply(placed, apply);
            case Order.Destroy() -> destroy(placed);
        }
    }

    private void end(PlacedOrder placed, Order.EndReplica end) {
        Optional<ReplicaRecord> replica = generation(end);
        if (replica.isEmpty()) {
            refuse(placed, end.subject() + " is not there any more");
        } else if (!replica.get().lifecycle().isLive()) {
            done(placed, end.subject() + " has ended already");
        } else {
            // Of two orders about one replica the later counts.
            endAll(
                    placed,
                    other -> other instanceof Order.EndReplica one
                            && one.subject().equals(end.subject()));
            accept(
                    placed,
                    end.subject()
                            + switch (end.how()) {
                                case RESTART -> " is ended after its requests, and then started again";
                                case REPLACE -> " is ended once another one serves in its place";
                                case DRAIN -> " gets no new requests, and is ended after those it has";
                            });
        }
    }

    private Optional<ReplicaRecord> generation(Order.EndReplica end) {
        return model.replicaNamed(end.replica()).filter(record -> record.generation() == end.generation());
    }

    private void pause(PlacedOrder placed, String service) {
        if (model.service(service).isEmpty()) {
            refuse(placed, "No service " + service + " is recorded");
        } else if (isPaused(service)) {
            done(placed, service + " is paused already");
        } else {
            accept(placed, service + " has no replicas until `skyhedge service resume " + service + "`");
        }
    }

    private void resume(PlacedOrder placed, String service) {
        if (endAll(placed, new Order.PauseService(service)::equals) == 0) {
            refuse(placed, service + " is not paused");
        } else {
            done(placed, service + " is not paused any more");
        }
    }

    private boolean isPaused(String service) {
        return model.orders().inForce().stream().anyMatch(other -> other.pauses(service));
    }

    private void avoid(PlacedOrder placed, LocationPattern location, Optional<Instant> until) {
        if (until.filter(at -> !at.isAfter(draft.now())).isPresent()) {
            done(placed, "its time is over");
            return;
        }
        endAll(
                placed,
                other -> other instanceof Order.AvoidZone one && one.location().equals(location));
        accept(
                placed,
                "nothing is launched in " + location + " until "
                        + until.map(Instant::toString).orElse("`skyhedge zone allow " + location + "`"));
    }

    private void allow(PlacedOrder placed, LocationPattern location) {
        if (endAll(
                        placed,
                        other -> other instanceof Order.AvoidZone one
                                && one.location().equals(location))
                > 0) {
            done(placed, location + " is not avoided any more");
            return;
        }
        String others = model.orders().inForce().stream()
                .flatMap(other -> other.order() instanceof Order.AvoidZone one
                        ? Stream.of(one.location().toString())
                        : Stream.empty())
                .collect(Collectors.joining(", "));
        refuse(placed, location + " is not avoided" + (others.isEmpty() ? "" : "; what is avoided: " + others));
    }

    /// Ends those orders in force that another one overtakes.
    private int endAll(PlacedOrder by, Predicate<Order> which) {
        List<PlacedOrder> ended = model.orders().inForce().stream()
                .filter(other -> which.test(other.order()))
                .toList();
        ended.forEach(other -> done(other, "ended by order " + by.number()));
        return ended.size();
    }

    private void endOnceDone(PlacedOrder placed) {
        switch (placed.order()) {
            case Order.EndReplica end -> endOnceDone(placed, end);
            case Order.PauseService(String service) -> {
                if (model.service(service).isEmpty()) {
                    done(placed, service + " is not there any more");
                }
            }
            case Order.AvoidZone(LocationPattern _, Optional<Instant> until) ->
                until.ifPresent(at -> {
                    if (at.isAfter(draft.now())) {
                        draft.wakeAt(at);
                    } else {
                        done(placed, "its time is over");
                    }
                });
            case Order.ResumeService _, Order.AllowZone _, Order.ApplySpec _, Order.Destroy _ -> {}
        }
    }

    /// Who follows files puts them in force, or refuses: until then it waits.
    private void apply(PlacedOrder placed, Order.ApplySpec apply) {
        if (model.specInForce().filter(spec -> spec.isAsOrdered(apply)).isPresent()) {
            endAll(placed, Order.ApplySpec.class::isInstance);
            accept(placed, "the spec is in force, and is applied until every service is ready");
        }
    }

    private void destroy(PlacedOrder placed) {
        Optional<WorkloadRecord> kept =
                model.serviceRecords().stream().filter(WorkloadRecord::protect).findFirst();
        kept.ifPresentOrElse(
                service -> refuse(
                        placed, service.address() + " has protect = true. Set protect = false and apply that first"),
                () -> accept(placed, "everything is drained and ended"));
    }

    /// Ends those orders whose end only a plan can tell.
    ///
    /// @param step with which nothing is changed any more
    static void takeSettled(Draft draft, Spec spec, Step step) {
        var news = new OrderNews(draft);
        for (PlacedOrder placed : draft.model().orders().inForce()) {
            switch (placed.order()) {
                case Order.ApplySpec _ -> news.endIfSettled(placed, spec, step);
                case Order.Destroy() -> news.endIfNothingIsLeft(placed);
                case Order.EndReplica _,
                        Order.PauseService _,
                        Order.ResumeService _,
                        Order.AvoidZone _,
                        Order.AllowZone _ -> {}
            }
        }
    }

    private void endIfSettled(PlacedOrder placed, Spec spec, Step step) {
        new Settle().reached(spec, step, model.world(draft.now(), false)).ifPresent(ending -> {
            switch (ending) {
                case Ending.Reached() -> done(placed, "every service is ready");
                case Ending.Hopeless(List<String> reasons) ->
                    refuse(placed, "services do not get ready: " + String.join("\n", reasons));
                case Ending.Stopped _, Ending.Fenced _, Ending.NotSaved _ -> {}
            }
        });
    }

    private void endIfNothingIsLeft(PlacedOrder placed) {
        boolean live = model.replicas().stream()
                .anyMatch(replica -> replica.lifecycle().isLive());
        if (!live && model.serviceRecords().isEmpty()) {
            done(placed, "everything has ended");
        }
    }

    /// The refusal of an order that whoever follows the files cannot carry out.
    static void refuse(Draft draft, long number, String why) {
        var news = new OrderNews(draft);
        draft.model().orders().waiting().stream()
                .filter(placed -> placed.number() == number)
                .forEach(placed -> news.refuse(placed, why));
    }

    private void endOnceDone(PlacedOrder placed, Order.EndReplica end) {
        Optional<ReplicaRecord> left =
                generation(end).filter(record -> record.lifecycle().isLive());
        if (left.isPresent()) {
            return;
        }
        Optional<WorkloadRecord> service =
                model.replicaNamed(end.replica()).flatMap(record -> model.service(record.service()));
        long ready = service.map(record -> model.replicas(record.name()).stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                        .count())
                .orElse(0L);
        int wanted = service.map(WorkloadRecord::wanted).orElse(0);
        if (end.how() == Order.How.DRAIN || ready >= wanted) {
            done(placed, end.subject() + " has ended; " + ready + " of " + wanted + " serve");
        }
    }

    private void accept(PlacedOrder placed, String what) {
        answer(placed, new OrderAnswer.Accepted(draft.now(), what), what);
    }

    private void done(PlacedOrder placed, String what) {
        answer(placed, new OrderAnswer.Done(draft.now(), what), "done: " + what);
    }

    private void refuse(PlacedOrder placed, String why) {
        answer(placed, new OrderAnswer.Refused(draft.now(), why), "refused: " + why);
    }

    private void answer(PlacedOrder placed, OrderAnswer answer, String told) {
        draft.change(new Change.PutOrder(placed.answered(answer)));
        draft.event(service(placed.order()), EVENT, "Order " + placed.number() + " of " + placed.by() + ": " + told);
    }

    private String service(Order order) {
        return switch (order) {
            case Order.EndReplica end ->
                model.replicaNamed(end.replica()).map(ReplicaRecord::service).orElse("");
            case Order.PauseService(String service) -> service;
            case Order.ResumeService(String service) -> service;
            case Order.AvoidZone _, Order.AllowZone _, Order.ApplySpec _, Order.Destroy _ -> "";
        };
    }
}
