package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.acting.Acting;
import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.PlanDisplayOptions;
import dev.skyhedge.cli.command.PlanningOptions;
import dev.skyhedge.cli.command.ProductVersion;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.plan.JsonLines;
import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.cli.view.status.WatcherText;
import dev.skyhedge.engine.control.Heartbeat;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.Leases;
import dev.skyhedge.watch.planning.CertainRemovals;
import dev.skyhedge.watch.planning.Planning;
import dev.skyhedge.watch.planning.UnlistedResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `skyhedge apply`, and with another default `skyhedge destroy`.
public class ApplyCommand extends Command {
    SpecArguments spec = new SpecArguments();
    StateArguments state = new StateArguments();
    PlanningOptions planning = new PlanningOptions();
    PlanDisplayOptions shown = new PlanDisplayOptions();
    boolean autoApprove;
    boolean json;
    Duration lockTimeout = Duration.ZERO;
    Duration timeout = Duration.ZERO;

    public ApplyCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Plans, asks, and does it; waits until every service is ready or says why it is not.",
                "SPEC may also be a plan that `skyhedge plan -out=FILE` saved: that is carried out as it is, without asking.",
                "While `skyhedge watch` has the state it is told to do it, after the same plan and question, and followed here.",
                "Exit code 0 once everything is ready, 1 if anything is not; 2 if a saved plan was carried out and the spec asks "
                        + "for more. Replicas stay when the command ends; nobody replaces "
                        + "them then if they are preempted: that is what `skyhedge watch` is for.");
        declared.examples(
                "  skyhedge apply chat.hcl",
                "  skyhedge apply today.plan                 what `skyhedge plan -out=today.plan` showed",
                "  skyhedge apply chat.hcl -auto-approve     in a script, after looking at the plan");
        spec.declare(declared);
        state.declare(declared);
        planning.declare(declared);
        shown.declare(declared);
        declared.flag("--auto-approve", "Does not ask for approval.", on -> autoApprove = on);
        declared.flag(
                "--json",
                "One JSON object a line, as Terraform's apply prints them. Needs -auto-approve.",
                on -> json = on);
        declared.option("--lock-timeout", "DURATION", OptionValues.duration())
                .byDefault("0s")
                .help("How long to wait while another process has the state; default ${DEFAULT-VALUE}.")
                .into(value -> lockTimeout = value);
        declared.option("--timeout", "DURATION", OptionValues.duration())
                .byDefault("30m")
                .help("How long to wait until everything is ready; default ${DEFAULT-VALUE}.")
                .into(value -> timeout = value);
    }

    /// Whether everything is to go.
    boolean isDestroy() {
        return false;
    }

    @Override
    protected int run() {
        if (Files.isRegularFile(spec.path())
                && !spec.path().toString().endsWith(".hcl")
                && !spec.path().toString().endsWith(".json")) {
            return new SavedPlans(context(), spec, state, display()).apply(spec.path(), lockTimeout, timeout, json);
        }
        state.beside(spec.directory());
        LoadedSpec loaded = spec.load(context());
        if (!json) {
            complain(spec.warnings(loaded));
            complain(planning.warnings());
        }
        Path directory = state.directory(context());
        if (!json) {
            complain(UnlistedResources.warnings(context().surroundings(), loaded, directory));
        }
        try (StateStore store = state.open(context());
                Planning planned = Planning.open(context().surroundings(), loaded, store, directory)) {
            Optional<Lease> watching =
                    Leases.watching(planned.snapshot(), context().clock().instant());
            if (watching.isPresent() && !json) {
                return hand(planned, watching.get());
            }
            Lease lease = Leases.acquire(store, isDestroy() ? "destroy" : "apply", lockTimeout);
            // Nobody takes it while the user thinks.
            try (Heartbeat meanwhile = Heartbeat.start(store, lease, _ -> {})) {
                return apply(planned, lease, meanwhile);
            } finally {
                store.release(lease);
            }
        }
    }

    /// The same plan and the same questions; then whoever watches does it.
    private int hand(Planning planned, Lease watching) {
        requireNoDestruction(planned);
        var handed = new HandedApply(context(), display(), planned, watching, timeout);
        PlanOptions options = planning.resolve(planned.spec(), planned.snapshot(), isDestroy());
        handed.requireWhole(options, spec.path());
        Preview preview = preview(planned, options);
        if (isDestroy() && isNothingLeft(planned, preview)) {
            say(PlanView.NOTHING_TO_DESTROY);
            return ExitCode.OK;
        }
        showOrRefuse(planned, preview);
        boolean settled = !preview.plan().hasChanges() && Settle.isSettled(preview.plan(), preview.world());
        if (settled && handed.isInForce()) {
            return ExitCode.OK;
        }
        if (preview.plan().hasChanges() && !autoApprove) {
            Approval.ask(terminal(), isDestroy(), preview);
            requireSame(preview, planned, options);
        }
        return isDestroy() ? handed.destroy() : handed.apply(options, spec.path());
    }

    private Preview preview(Planning planned, PlanOptions options) {
        CertainRemovals.require(planned.loaded(), planned.snapshot(), options, planning.confirmedRemovals());
        return planned.preview(options);
    }

    /// An instance whose end has no outcome yet is something, though no service is recorded any more.
    private static boolean isNothingLeft(Planning planned, Preview preview) {
        return PlanView.of(preview).isNothingToDestroy() && planned.isRecorded(preview);
    }

    private void showOrRefuse(Planning planned, Preview preview) {
        show(PlanView.of(preview));
        warn(isDestroy() ? Planning.leftOut(preview) : planned.warnings(preview));
        List<Diagnostic> problems = planned.problems(preview);
        if (!problems.isEmpty()) {
            throw new CommandFailure(problems);
        }
    }

    /// Before the question, while nothing is paid for yet.
    private void warn(List<Diagnostic> warnings) {
        if (json) {
            Instant now = context().clock().instant();
            warnings.forEach(warning -> say(JsonLines.diagnostic(warning, now)));
        } else {
            complain(warnings);
        }
    }

    /// What somebody has begun to end is not begun anew behind it.
    private void requireNoDestruction(Planning planned) {
        planned.snapshot().orders().stream()
                .filter(placed -> placed.order() instanceof Order.Destroy && !isDestroy())
                .findFirst()
                .ifPresent(placed -> {
                    throw new CommandFailure(
                            "Everything is being destroyed",
                            "Order " + placed.number() + " of " + placed.by() + " at " + placed.at()
                                    + " says so, and has not been carried out in full. `skyhedge destroy` finishes it;"
                                    + " then apply again.");
                });
    }

    private int apply(Planning planned, Lease lease, Heartbeat meanwhile) {
        requireNoDestruction(planned);
        PlanOptions options = planning.resolve(planned.spec(), planned.snapshot(), isDestroy());
        Preview preview = preview(planned, options);
        if (isDestroy() && !json && isNothingLeft(planned, preview)) {
            say(PlanView.NOTHING_TO_DESTROY);
            return ExitCode.OK;
        }
        showOrRefuse(planned, preview);
        boolean settled = !preview.plan().hasChanges() && Settle.isSettled(preview.plan(), preview.world());
        if (settled && planned.isRecorded(preview)) {
            if (!planned.snapshot().services().isEmpty()) {
                planned.rememberAccounts(lease);
                putInForce(planned, options, lease);
                sayWhatIsLeft(planned);
            }
            return ExitCode.OK;
        }
        if (preview.plan().hasChanges() && !autoApprove) {
            Approval.ask(terminal(), isDestroy(), preview);
            requireSame(preview, planned, options);
        }
        putInForce(planned, options, lease);
        meanwhile.close();
        int code = new Acting(context(), display(), json, isDestroy())
                .run(planned, planned.spec(), options, new Settle(), lease, timeout);
        if (code == ExitCode.OK && !isDestroy()) {
            sayWhatIsLeft(planned);
        }
        return code;
    }

    /// Complete is not served: that takes a process that stays.
    private void sayWhatIsLeft(Planning planned) {
        if (json || isDestroy() || planned.spec().services().isEmpty()) {
            return;
        }
        String endpoints = planned.spec().services().values().stream()
                .flatMap(service -> service.endpoint().stream())
                .map(EndpointSpec::url)
                .collect(Collectors.joining(", "));
        say("\n" + WatcherText.afterApply(endpoints, spec.path().toString(), display()));
    }

    /// The world goes on while somebody thinks: a yes is to what was shown.
    private void requireSame(Preview shownBefore, Planning planned, PlanOptions options) {
        try (Planning again = planned.again()) {
            Preview now = again.preview(options);
            if (!Steps.of(now.plan()).equals(Steps.of(shownBefore.plan()))) {
                throw new CommandFailure(
                        "The plan has changed since it was shown",
                        "Something happened while the question was open" + Steps.news(shownBefore.plan(), now.plan())
                                + ". Nothing was changed; run the command again to see what it would do now.");
            }
        }
    }

    /// What was applied in part only is not in force.
    private void putInForce(Planning planned, PlanOptions options, Lease lease) {
        if (!options.destroy() && options.targets().isEmpty()) {
            planned.putInForce(lease, spec.path().toAbsolutePath().normalize().toString());
        }
    }

    private void show(PlanView view) {
        if (!json) {
            say(PlanText.render(view, shown.options(), display()));
            return;
        }
        Instant now = context().clock().instant();
        say(JsonLines.version(ProductVersion.text(), now));
        JsonLines.plan(view, isDestroy(), now).forEach(this::say);
    }
}
