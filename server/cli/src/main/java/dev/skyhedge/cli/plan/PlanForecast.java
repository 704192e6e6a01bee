package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.terminal.RunProgress;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.forecast.Experience;
import dev.skyhedge.engine.simulate.forecast.Forecast;
import dev.skyhedge.engine.simulate.forecast.Forecaster;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.HistoryEntry;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The forecast beside a plan.
final class PlanForecast {
    private static final Logger LOG = LoggerFactory.getLogger(PlanForecast.class);

    /// Changes of the state that are read back: some weeks of a restless service.
    private static final int MAX_CHANGES = 20_000;

    private PlanForecast() {}

    /// Forecasts every service that the plan leaves running, in the plan's order. A plan is good without a
    /// forecast, so what goes wrong here is told in the place of it.
    ///
    /// @param plugins which say how their clouds bill
    static List<Forecast> of(Plan plan, World world, Spec spec, StateStore store, Plugins plugins, Terminal terminal) {
        SequencedMap<String, ServiceSpec> declared = spec.services();
        List<Plan.WorkloadSummary> services = plan.services().stream()
                .filter(summary -> summary.wanted() > 0 && declared.containsKey(summary.service()))
                .toList();
        if (services.isEmpty()) {
            return List.of();
        }
        Experience experience = experience(store, world);
        Duration billedAtLeast = billedAtLeast(world, plugins);
        var progress = new RunProgress(terminal, services.size() * Forecaster.DAYS, "simulated days");
        progress.begin();
        List<Forecast> forecasts = new ArrayList<>();
        for (Plan.WorkloadSummary summary : services) {
            ServiceSpec service = Objects.requireNonNull(declared.get(summary.service()));
            forecasts.add(forecast(
                    new Forecaster.Question(service, summary.wanted(), world, experience, billedAtLeast), progress));
        }
        progress.end();
        return List.copyOf(forecasts);
    }

    /// Of several clouds, the longest time.
    private static Duration billedAtLeast(World world, Plugins plugins) {
        return world.offers().stream()
                .map(offer -> offer.location().cloud())
                .distinct()
                .flatMap(cloud -> plugins.factory(cloud).stream())
                .map(ProviderFactory::billedAtLeast)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Forecast forecast(Forecaster.Question question, RunProgress progress) {
        try {
            return Forecaster.run(question, Forecaster.DAYS, progress::next);
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.warn("The forecast of {} failed", question.service().name(), e);
            return new Forecast.Unknown(question.service().name(), "The simulation failed: " + e.getMessage());
        }
    }

    /// What the state has seen. A plan needs nothing of its history, so one that cannot be read stops no plan.
    private static Experience experience(StateStore store, World world) {
        List<ReplicaRecord> past = new ArrayList<>();
        try {
            for (HistoryEntry entry : store.history(Long.MAX_VALUE, MAX_CHANGES).reversed()) {
                entry.replica().ifPresent(past::add);
            }
        } catch (StateException e) {
            LOG.warn("The forecast does without the history of the state, which cannot be read", e);
        }
        return Experience.of(past, world.zoneHealth(), world.now());
    }
}
