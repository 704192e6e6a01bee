package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.acting.OrderDesk;
import dev.skyhedge.cli.acting.OrderFollower;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.progress.ProgressText;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.planning.Planning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// An `apply` or a `destroy` that a watching process is told to carry out, and what becomes of it.
final class HandedApply {
    private final Context context;
    private final Display display;
    private final Planning planned;
    private final Lease watching;
    private final Duration limit;

    HandedApply(Context context, Display display, Planning planned, Lease watching, Duration limit) {
        this.context = context;
        this.display = display;
        this.planned = planned;
        this.watching = watching;
        this.limit = limit;
    }

    /// Returns unless only a part, or another spec than the one in force, is to be applied.
    ///
    /// @throws CommandFailure that says what to do
    void requireWhole(PlanOptions options, Path path) {
        if (!options.targets().isEmpty()) {
            throw new CommandFailure(
                    "A watching process applies its whole spec",
                    "-target is for when nobody watches: it is Skyhedge "
                            + watching.claim().operation() + ", process "
                            + watching.claim().pid() + " on " + watching.claim().host()
                            + ". Stop it first; its replicas keep running.");
        }
        Optional<String> followed = planned.snapshot().specInForce().map(SpecInForce::source);
        if (!options.destroy()
                && followed.filter(source -> !source.equals(source(path))).isPresent()) {
            throw new CommandFailure(
                    "The watching process follows another spec",
                    "It follows " + followed.get() + ", not " + source(path)
                            + ". Change that one, there, and apply it; or stop the watch first: its replicas keep"
                            + " running.");
        }
    }

    private static String source(Path path) {
        return Planning.source(path.toAbsolutePath().normalize().toString(), LocalProcesses.host());
    }

    /// What the files come to with the values that are given here: a plan of others must not be carried out instead.
    private String services() {
        return SpecJson.digest(planned.loaded().spec().orElseThrow());
    }

    /// Whether these very files are in force.
    boolean isInForce() {
        return planned.snapshot()
                .specInForce()
                .filter(spec -> spec.digest().equals(planned.loaded().digest())
                        && spec.services().equals(services()))
                .isPresent();
    }

    /// Returns once every service is ready as the spec wants it.
    ///
    /// @return exit code
    int apply(PlanOptions options, Path path) {
        planned.snapshot().replicas().stream()
                .filter(replica -> replica.lifecycle().isRising() && isToBeReplaced(replica, options))
                .forEach(replica ->
                        place(new Order.EndReplica(replica.name(), replica.generation(), Order.How.REPLACE)));
        return follow(
                new Order.ApplySpec(planned.loaded().digest(), services(), path.toString(), planned.removing()), false);
    }

    private static boolean isToBeReplaced(ReplicaRecord replica, PlanOptions options) {
        return options.replace().contains(replica.service())
                || options.replace().contains(replica.name());
    }

    /// Returns once everything has ended.
    ///
    /// @return exit code
    int destroy() {
        return follow(new Order.Destroy(), true);
    }

    private PlacedOrder place(Order order) {
        return OrderDesk.place(context, store(), order);
    }

    private StateStore store() {
        return planned.store();
    }

    private int follow(Order order, boolean destroy) {
        var follower = new OrderFollower(context, display, store(), limit);
        int code = follower.follow(
                place(order), watching, (placed, _) -> placed.answer().orElseThrow() instanceof OrderAnswer.Done);
        context.terminal().print(ProgressText.summary(new Ending.Reached(), follower.totals(), destroy, display));
        return code;
    }
}
