package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
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
import dev.skyhedge.cli.view.simulation.ForecastText;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.simulate.forecast.Forecast;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.planning.CertainRemovals;
import dev.skyhedge.watch.planning.Planning;
import dev.skyhedge.watch.planning.UnlistedResources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `skyhedge plan`.
public final class PlanCommand extends Command {
    SpecArguments spec = new SpecArguments();
    StateArguments state = new StateArguments();
    PlanningOptions planning = new PlanningOptions();
    PlanDisplayOptions shown = new PlanDisplayOptions();
    Optional<Path> out = Optional.empty();
    boolean json;
    boolean detailedExitCode;
    boolean refreshOnly;
    boolean destroy;
    boolean forecast;

    public PlanCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows what would be rented or given back, where, why, and at what price. Changes nothing.",
                "Exit code 0, or 1 on errors; with -detailed-exitcode 2 if there are changes.");
        declared.examples(
                "  skyhedge plan chat.hcl",
                "  skyhedge plan chat.hcl -out=today.plan    then: skyhedge apply today.plan",
                "  skyhedge plan -forecast                   what the next day will cost, and how sure that is",
                "  skyhedge plan -replace=chat-2             what moving one replica would mean",
                "  skyhedge plan -detailed-exitcode          in a script: 2 means that there is something to do");
        spec.declare(declared);
        state.declare(declared);
        planning.declare(declared);
        shown.declare(declared);
        declared.option("--out", "FILE", OptionValues.path())
                .help("Saves the plan, so that `skyhedge apply FILE` does exactly this or nothing.")
                .into(value -> out = Optional.of(value));
        declared.flag("--json", "One JSON object a line, as Terraform's plan prints them.", on -> json = on);
        declared.flag(
                "--detailed-exitcode", "Exit code 2 unless all is as the spec says.", on -> detailedExitCode = on);
        declared.flag("--refresh-only", "Only shows what changed outside of Skyhedge.", on -> refreshOnly = on);
        declared.flag("--destroy", "Shows what `skyhedge destroy` would do.", on -> destroy = on);
        declared.flag(
                "--forecast",
                "Also simulates the next day 20 times, with the planner itself and a spot market that"
                        + " behaves as this state has seen zones behave, and shows what it would cost, how available the"
                        + " service would be, and how far the days differ. Takes some seconds.",
                on -> forecast = on);
    }

    @Override
    protected int run() {
        state.beside(spec.directory());
        LoadedSpec loaded = spec.load(context());
        try (StateStore store = store();
                Planning planned = Planning.open(context().surroundings(), loaded, store, state.directory(context()))) {
            PlanOptions options = planning.resolve(planned.spec(), planned.snapshot(), destroy);
            CertainRemovals.require(loaded, planned.snapshot(), options, planning.confirmedRemovals());
            Preview preview = planned.preview(options);
            PlanView view = refreshOnly ? PlanView.ofDrift(preview) : PlanView.of(preview);
            return show(new Shown(
                    loaded,
                    view,
                    options,
                    planned.problems(preview),
                    refreshOnly || destroy ? Planning.leftOut(preview) : planned.warnings(preview),
                    forecasts(planned, view)));
        }
    }

    /// What there is to show.
    ///
    /// @param loaded what was declared
    /// @param view the plan
    /// @param options what it was made with
    /// @param problems what forbids carrying it out
    /// @param warnings what the clouds say about it
    /// @param forecasts empty if none were asked for
    private record Shown(
            LoadedSpec loaded,
            PlanView view,
            PlanOptions options,
            List<Diagnostic> problems,
            List<Diagnostic> warnings,
            Optional<List<Forecast>> forecasts) {}

    private Optional<List<Forecast>> forecasts(Planning planned, PlanView view) {
        return forecast
                ? Optional.of(PlanForecast.of(
                        view.plan(),
                        view.world(),
                        planned.spec(),
                        planned.store(),
                        context().plugins(),
                        terminal()))
                : Optional.empty();
    }

    private int show(Shown result) {
        PlanView view = result.view();
        List<Diagnostic> problems = result.problems();
        Plan plan = view.plan();
        if (json) {
            Instant now = context().clock().instant();
            say(JsonLines.version(ProductVersion.text(), now));
            JsonLines.plan(view, destroy, now).forEach(this::say);
            result.forecasts().ifPresent(all -> say(JsonLines.forecast(all, now)));
            result.warnings().forEach(warning -> say(JsonLines.diagnostic(warning, now)));
            problems.forEach(problem -> say(JsonLines.diagnostic(problem, now)));
        } else {
            complain(spec.warnings(result.loaded()));
            complain(planning.warnings());
            complain(UnlistedResources.warnings(context().surroundings(), result.loaded(), state.directory(context())));
            boolean empty = destroy && view.isNothingToDestroy();
            say(empty ? PlanView.NOTHING_TO_DESTROY : PlanText.render(view, shown.options(), display()));
            result.forecasts().ifPresent(all -> say(ForecastText.render(all, display())));
            complain(result.warnings());
            complain(problems);
        }
        if (!problems.isEmpty()) {
            return ExitCode.FAILED;
        }
        out.ifPresent(file ->
                new SavedPlans(context(), spec, state, display()).write(file, result.loaded(), view, result.options()));
        if (!json) {
            say(out.map(file -> PlanText.savedNote(file.toString(), display()))
                    .orElseGet(() -> PlanText.notSavedNote(display())));
        }
        boolean changes = plan.hasChanges()
                || plan.isUnfinished()
                || (refreshOnly && !view.drift().isEmpty());
        return detailedExitCode && changes ? ExitCode.CHANGES : ExitCode.OK;
    }

    /// Looking at what would happen in a place without a state leaves none behind.
    private StateStore store() {
        return out.isEmpty() ? state.look(context()) : state.open(context());
    }
}
