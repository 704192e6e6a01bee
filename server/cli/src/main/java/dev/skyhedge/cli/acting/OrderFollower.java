package dev.skyhedge.cli.acting;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.progress.ApplyProgress;
import dev.skyhedge.cli.view.progress.ApplyTotals;
import dev.skyhedge.cli.view.progress.ProgressText;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows what becomes of an order that another process carries out, as far as the state tells.
public final class OrderFollower {
    private static final Duration LOOK = Duration.ofMillis(250);
    /// Who controls the state reads orders within a second.
    private static final Duration READ_BY_THEN = Duration.ofSeconds(10);

    private final Context context;
    private final Display display;
    private final StateStore store;
    private final Duration limit;
    private final ApplyProgress progress = new ApplyProgress();
    private Optional<OrderAnswer> told = Optional.empty();
    private boolean warned;

    /// @param limit how long to wait
    public OrderFollower(Context context, Display display, StateStore store, Duration limit) {
        this.context = context;
        this.display = display;
        this.store = store;
        this.limit = limit;
    }

    /// Returns once the order has had its effect.
    ///
    /// @param seen whether it has, when it is in force or done
    /// @return exit code
    /// @throws CommandFailure if it was refused, or takes longer than it may
    public int follow(PlacedOrder placed, Lease controlling, BiPredicate<PlacedOrder, Snapshot> seen) {
        context.terminal()
                .println("Order " + placed.number() + " is handed to `skyhedge "
                        + controlling.claim().operation() + "`, process "
                        + controlling.claim().pid() + " on "
                        + controlling.claim().host() + ".");
        long begun = System.nanoTime();
        Snapshot before = store.read();
        while (true) {
            PlacedOrder now = store.order(placed.number()).orElseThrow();
            Snapshot after = store.read();
            if (now.isInForce()) {
                tell(now);
            }
            transitions(before, after).stream()
                    .flatMap(transition -> progress.on(transition).stream())
                    .forEach(event -> context.terminal().print(ProgressText.render(event, display)));
            before = after;
            tell(now);
            if (now.answer().isPresent() && seen.test(now, after)) {
                return ExitCode.OK;
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            if (now.answer().isEmpty() && !warned && elapsed.compareTo(READ_BY_THEN) > 0) {
                warned = true;
                context.terminal()
                        .println("Nobody has read it yet. It stays in the state for whoever controls it next; Ctrl-C"
                                + " ends only the waiting.");
            }
            if (elapsed.compareTo(limit) > 0) {
                throw new CommandFailure(
                        "Time limit reached",
                        "Order " + placed.number() + " stands, and `skyhedge status` shows what becomes of it;"
                                + " -timeout waits longer.");
            }
            pause();
        }
    }

    /// What has been done so far.
    public ApplyTotals totals() {
        return progress.totals();
    }

    private void tell(PlacedOrder placed) {
        if (placed.answer().equals(told)) {
            return;
        }
        told = placed.answer();
        switch (placed.answer().orElseThrow()) {
            case OrderAnswer.Accepted(var _, String text) -> context.terminal().println("Accepted: " + text + ".");
            case OrderAnswer.Done(var _, String text) -> context.terminal().println("Done: " + text + ".");
            case OrderAnswer.Refused(var _, String why) -> throw new CommandFailure("Refused", why + ".");
        }
    }

    /// What became of replicas between two looks.
    private static List<Step.Transition> transitions(Snapshot before, Snapshot after) {
        Map<String, ReplicaRecord> known =
                before.replicas().stream().collect(Collectors.toMap(ReplicaRecord::name, Function.identity()));
        List<Step.Transition> transitions = new ArrayList<>();
        for (ReplicaRecord replica : after.replicas()) {
            Optional<ReplicaRecord> last = Optional.ofNullable(known.get(replica.name()));
            Optional<ReplicaRecord> old = last.filter(one -> one.generation() == replica.generation());
            if (old.isEmpty()) {
                last.filter(one -> one.lifecycle().isLive()).ifPresent(one -> transitions.addAll(ended(one)));
            }
            if (old.filter(one -> one.lifecycle() == replica.lifecycle()).isEmpty()) {
                Optional<ReplicaRecord> between = between(old, replica);
                between.ifPresent(step -> transitions.add(new Step.Transition(old, step)));
                transitions.add(new Step.Transition(between.or(() -> old), replica));
            }
        }
        return transitions;
    }

    /// A generation that another one has followed.
    private static List<Step.Transition> ended(ReplicaRecord last) {
        ReplicaRecord stopping = last.endingAs(Lifecycle.GONE).in(Lifecycle.STOPPING, last.since(), last.reason());
        ReplicaRecord gone = stopping.in(Lifecycle.GONE, last.since(), last.reason());
        return List.of(
                new Step.Transition(Optional.of(last), stopping), new Step.Transition(Optional.of(stopping), gone));
    }

    /// What must have been between two looks: a launch begins with a request, and an end that was wanted with a stop.
    private static Optional<ReplicaRecord> between(Optional<ReplicaRecord> old, ReplicaRecord replica) {
        if (old.isEmpty()) {
            return Optional.of(replica.in(Lifecycle.REQUESTED, replica.requestedAt(), replica.reason()))
                    .filter(asked -> asked.lifecycle() != replica.lifecycle());
        }
        boolean stopped =
                replica.lifecycle() == Lifecycle.GONE && old.get().lifecycle().isRising();
        return Optional.of(replica.in(Lifecycle.STOPPING, replica.since(), replica.reason()))
                .filter(_ -> stopped);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted", "The order stands.");
        }
    }
}
