package dev.skyhedge.cli.order;

import dev.skyhedge.cli.acting.Acting;
import dev.skyhedge.cli.acting.OrderDesk;
import dev.skyhedge.cli.acting.OrderFollower;
import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.engine.declared.SpecOrder;
import dev.skyhedge.engine.reconcile.OrderNews;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.planning.FollowedSpec;
import dev.skyhedge.watch.planning.Planning;
import java.nio.file.Path;
import java.time.Duration;

/// A command that gives an order. Whoever controls the state carries it out: a watching process, which is told through
/// the state, or this one if nobody does.
abstract class OrderCommand extends Command {
    StateArguments state = new StateArguments();
    Path spec = Path.of(".");
    Duration timeout = Duration.ZERO;

    OrderCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        state.declare(declared);
        declared.option("--spec", "SPEC", OptionValues.path())
                .byDefault(".")
                .help("The spec with the providers' settings, if nobody watches; default: the current directory.")
                .into(value -> spec = value);
        declared.option("--timeout", "DURATION", OptionValues.duration())
                .byDefault("30m")
                .help("How long to wait until it is done; default ${DEFAULT-VALUE}.")
                .into(value -> timeout = value);
    }

    /// What is ordered.
    ///
    /// @throws CommandFailure if it is about nothing that is there, or is not meant after all
    abstract Order order(Snapshot snapshot);

    /// Whether replicas have to be launched or ended for it.
    abstract boolean movesReplicas();

    /// Whether the order has had its effect, once it is in force or done.
    abstract boolean isSeen(PlacedOrder placed, Snapshot snapshot);

    @Override
    protected int run() {
        state.beside(SpecArguments.directoryOf(spec));
        if (!state.isThere(context())) {
            throw new CommandFailure(
                    "There is no state here", "Nothing is recorded. -state=DIR|URL names a state elsewhere.");
        }
        try (StateStore store = state.open(context())) {
            Order order = order(store.read());
            return switch (store.acquire(LocalProcesses.claim(operation(), "1"))) {
                case LeaseResult.Granted(Lease lease) -> alone(store, lease, order);
                case LeaseResult.HeldBy(Lease held) ->
                    new OrderFollower(context(), display(), store, timeout)
                            .follow(OrderDesk.place(context(), store, order), held, this::isSeen);
                case LeaseResult.Unavailable(StateProblem problem) ->
                    throw new CommandFailure(problem.summary(), problem.detail());
            };
        }
    }

    /// The command's words, for whoever finds the state leased to it.
    abstract String operation();

    private int alone(StateStore store, Lease lease, Order order) {
        try {
            PlacedOrder placed = movesReplicas() ? carryOut(store, lease, order) : record(store, lease, order);
            return switch (placed.answer().orElseThrow()) {
                case OrderAnswer.Refused(var _, String why) -> throw new CommandFailure("Refused", why + ".");
                case OrderAnswer.Accepted(var _, String text) -> tell(text);
                case OrderAnswer.Done(var _, String text) -> tell(text);
            };
        } finally {
            store.release(lease);
        }
    }

    private int tell(String text) {
        say(text + ".");
        return ExitCode.OK;
    }

    private PlacedOrder record(StateStore store, Lease lease, Order order) {
        PlacedOrder placed = OrderDesk.place(context(), store, order);
        switch (store.commit(
                lease, OrderNews.answers(store.read(), context().clock().instant()))) {
            case CommitResult.Committed _ -> {}
            case CommitResult.Fenced _ ->
                throw new CommandFailure(
                        "The lease was lost", "Order " + placed.number() + " waits for whoever has it now.");
            case CommitResult.NotSaved(var problem) -> throw new CommandFailure(problem.summary(), problem.detail());
        }
        return store.order(placed.number()).orElseThrow();
    }

    private PlacedOrder carryOut(StateStore store, Lease lease, Order order) {
        var arguments = new SpecArguments();
        arguments.about(spec);
        var recorded = new FollowedSpec(arguments.load(context()), new SpecOrder.Recorded());
        try (Planning planned = Planning.open(context().surroundings(), recorded, store, state.directory(context()))) {
            recorded.notKeptUp(planned.snapshot()).stream().findFirst().ifPresent(problem -> {
                throw new CommandFailure(problem.summary(), problem.detail());
            });
            PlacedOrder placed = OrderDesk.place(context(), store, order);
            int code = new Acting(context(), display(), false, false)
                    .run(planned, planned.spec(), recorded.options(), new Settle(), lease, timeout);
            PlacedOrder after = store.order(placed.number()).orElseThrow();
            if (code != ExitCode.OK && !(after.answer().orElse(null) instanceof OrderAnswer.Refused)) {
                throw new CommandFailure(
                        "Not done yet",
                        "Order " + placed.number() + " stands: the next apply or watch goes on with it.");
            }
            return after;
        }
    }
}
