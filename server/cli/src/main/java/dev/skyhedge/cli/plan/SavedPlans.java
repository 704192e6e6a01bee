package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.acting.Acting;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.ProductVersion;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.planfile.FilesSeen;
import dev.skyhedge.cli.planfile.PlanFile;
import dev.skyhedge.cli.planfile.PlanFileProblem;
import dev.skyhedge.cli.planfile.PlanFileResult;
import dev.skyhedge.cli.planfile.PlanFiles;
import dev.skyhedge.cli.planfile.Staleness;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.plan.JsonLines;
import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.cli.view.plan.ShowJson;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.CarryOut;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.Leases;
import dev.skyhedge.watch.planning.Planning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/// Plans in files: written by `plan -out`, shown by `show`, carried out by `apply`.
public final class SavedPlans {
    /// A price may rise this much, in percent, between a plan and its execution.
    private static final long MAX_PRICE_DRIFT_PERCENT = 10;

    private final Context context;
    private final SpecArguments arguments;
    private final StateArguments state;
    private final Display display;

    /// @param arguments values of variables that a plan may need again
    public SavedPlans(Context context, SpecArguments arguments, StateArguments state, Display display) {
        this.context = context;
        this.arguments = arguments;
        this.state = state;
        this.display = display;
    }

    /// Saves a plan.
    ///
    /// @throws CommandFailure if it cannot be written
    public void write(Path file, LoadedSpec loaded, PlanView view, PlanOptions options) {
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        for (Source source : loaded.sources()) {
            sources.put(source.name(), source.text());
        }
        // Whether a value given on the command line is sensitive is not known here, so none is kept.
        var given = new LinkedHashSet<>(arguments.givenVariables());
        PlanFiles.write(
                        file,
                        new PlanFile(
                                arguments.readAt(),
                                ProductVersion.text(),
                                view.plan(),
                                options,
                                view.world(),
                                sources,
                                new FilesSeen(arguments.directory().toString(), loaded.files()),
                                new LinkedHashMap<>(),
                                given))
                .ifPresent(SavedPlans::refuse);
    }

    /// A saved plan as text or JSON.
    public static String show(Path file, boolean json, PlanText.Options options, Display display) {
        PlanFile saved = read(file);
        var view = new PlanView(saved.plan(), saved.world(), List.of(), List.of());
        return json ? ShowJson.plan(view, saved.engineVersion()) : PlanText.render(view, options, display);
    }

    /// Carries a saved plan out, exactly, without asking.
    ///
    /// @return exit code
    public int apply(Path file, Duration lockTimeout, Duration timeout, boolean json) {
        PlanFile saved = read(file);
        state.beside(Path.of(saved.files().directory()));
        LoadedSpec loaded = SavedSpec.load(saved, arguments, context.environment());
        try (StateStore store = state.open(context);
                Planning planned = Planning.open(context.surroundings(), loaded, store, state.directory(context))) {
            Lease lease = Leases.acquire(store, "apply", lockTimeout);
            try {
                Snapshot now = store.read();
                Staleness.check(saved.plan(), now.lineage(), now.serial()).ifPresent(SavedPlans::refuse);
                requireKnownVersions(saved, planned.spec());
                requirePrices(saved, planned.preview(saved.options()));
                if (!saved.options().destroy() && saved.options().targets().isEmpty()) {
                    planned.putInForce(lease, saved.files().directory());
                }
                int code = new Acting(context, display, json, saved.options().destroy())
                        .run(
                                planned,
                                planned.spec(),
                                saved.options(),
                                new CarryOut(saved.plan().actions()),
                                lease,
                                timeout);
                return code == ExitCode.OK ? sayWhatRemains(loaded, store, saved.options(), json) : code;
            } finally {
                store.release(lease);
            }
        }
    }

    /// A plan is one step. What a whole update needs may be more, which is then said, and is the exit code.
    private int sayWhatRemains(LoadedSpec loaded, StateStore store, PlanOptions options, boolean json) {
        try (Planning then = Planning.open(context.surroundings(), loaded, store, state.directory(context))) {
            Plan plan = then.preview(options).plan();
            if (!plan.hasChanges() && !plan.isUnfinished()) {
                return ExitCode.OK;
            }
            Diagnostic warning = Diagnostic.warning(
                    "The plan is carried out, and the spec asks for more",
                    PlanText.summary(plan) + " That would be the next step, for example of an update that replaces a"
                            + " few replicas at a time. `skyhedge apply` goes on until nothing is left to do.");
            if (json) {
                context.terminal()
                        .println(JsonLines.diagnostic(warning, context.clock().instant()));
            } else {
                context.terminal()
                        .complain(new DiagnosticText(context.terminal().colour()).render(warning));
            }
            return ExitCode.CHANGES;
        }
    }

    private static void requireKnownVersions(PlanFile saved, Spec spec) {
        for (Action action : saved.plan().actions()) {
            if (Action.now(action) instanceof Action.Launch launch) {
                boolean same = spec.service(launch.service())
                        .filter(service -> SpecJson.version(service.replica()).equals(launch.version()))
                        .isPresent();
                if (!same && !saved.sensitiveVariables().isEmpty()) {
                    throw new CommandFailure(
                            "Values of variables are missing",
                            "The plan was made with values for " + String.join(", ", saved.sensitiveVariables())
                                    + ". They are not saved with it: give the same -var and -var-file options again.");
                }
            }
        }
    }

    private static void requirePrices(PlanFile saved, Preview preview) {
        for (Action action : saved.plan().actions()) {
            if (Action.now(action) instanceof Action.Launch launch) {
                preview.world().offers().stream()
                        .filter(launch.offer()::rentsSameAs)
                        .filter(offer -> isDearer(offer, launch.offer()))
                        .findFirst()
                        .ifPresent(offer -> {
                            throw new CommandFailure(
                                    "A price has risen",
                                    launch.replica() + " was planned at "
                                            + launch.offer().price() + " and would now cost " + offer.price()
                                            + ". Plan again.");
                        });
            }
        }
    }

    private static boolean isDearer(Offer now, Offer planned) {
        return now.price().microDollars() * 100 > planned.price().microDollars() * (100 + MAX_PRICE_DRIFT_PERCENT);
    }

    private static PlanFile read(Path file) {
        return switch (PlanFiles.read(file)) {
            case PlanFileResult.Read(PlanFile saved) -> saved;
            case PlanFileResult.Refused(PlanFileProblem problem) ->
                throw new CommandFailure(problem.summary(), problem.detail());
        };
    }

    private static void refuse(PlanFileProblem problem) {
        throw new CommandFailure(problem.summary(), problem.detail());
    }
}
