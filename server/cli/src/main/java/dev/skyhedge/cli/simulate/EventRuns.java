package dev.skyhedge.cli.simulate;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.PriceBook;
import dev.skyhedge.engine.simulate.event.RecordedTime;
import dev.skyhedge.engine.simulate.workload.WorkloadText;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Prepares the event protocol of `skyhedge simulate`.
final class EventRuns {
    /// Until the first replicas are there.
    private static final Duration WARM_UP = Duration.ofMinutes(10);

    private EventRuns() {}

    /// What is compared, whatever the protocol.
    ///
    /// @param ticks where windows begin, in ticks of the paper's protocol
    /// @param target replicas wanted, instead of what the service scales by
    record Scene(
            ServiceSpec service,
            MarketSource source,
            SequencedMap<String, PlacementSpec> policies,
            List<Long> ticks,
            Optional<Integer> target,
            Duration coldStart,
            double onDemandPrice,
            long seed) {}

    static EventComparison.Request request(Scene scene, Optional<String> workload, EventOptions options) {
        options.checkColdStart(scene.coldStart());
        return new EventComparison.Request(
                scene.target().map(wanted -> fixed(scene.service(), wanted)).orElse(scene.service()),
                scene.source().name(),
                scene.source().cloud(),
                RecordedTime.market(scene.source()),
                scene.source().recordedSeries(),
                scene.policies(),
                scene.ticks().stream()
                        .map(tick -> RecordedTime.offset(scene.source(), tick))
                        .toList(),
                options.checkedLength(WARM_UP),
                options.lags(scene.coldStart()),
                PriceBook.ratio(scene.onDemandPrice()),
                workload.map(WorkloadText::name).orElse(""),
                workload.map(text -> options.traffic(text, scene.service(), WARM_UP)),
                WARM_UP,
                scene.seed());
    }

    private static ServiceSpec fixed(ServiceSpec service, int wanted) {
        if (wanted < 1) {
            throw new CommandFailure("Nothing to simulate", "At least one replica is wanted, not " + wanted + ".");
        }
        return new ServiceSpec(
                service.name(),
                service.address(),
                service.replica(),
                service.resources(),
                service.readiness(),
                service.placement(),
                ScalingSpec.fixed(wanted),
                service.update(),
                service.endpoint(),
                service.protect());
    }
}
