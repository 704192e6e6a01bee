package dev.skyhedge.cli.report;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.PaperComparison;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.engine.simulate.Policies;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.event.PriceBook;
import dev.skyhedge.engine.simulate.event.RoundTrips;
import dev.skyhedge.engine.simulate.event.ServiceTime;
import dev.skyhedge.engine.simulate.event.TrafficSettings;
import dev.skyhedge.engine.simulate.workload.Lengths;
import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Small simulations to show.
final class Comparisons {
    private Comparisons() {}

    private static final String SPEC = """
            service "chat" {
              replicas = 3
              replica {
                command = ["serve"]
                port    = 8000
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
            }
            """;

    /// Two policies, two windows, three zones.
    static Comparison small(Path directory) throws IOException {
        ServiceSpec service = service(directory);
        return PaperComparison.run(
                new PaperComparison.Request(
                        service,
                        MarketSource.open("synthetic:independent,zones=3,days=3"),
                        PaperProtocol.DEFAULT.withTicks(600),
                        Policies.named(List.of("skyhedge", "spothedge_artifact"), PlacementSpec.DEFAULT),
                        List.of(100L, 900L),
                        0,
                        false),
                () -> {});
    }

    /// Two policies, one window of six hours with requests.
    static EventComparison events(Path directory) throws IOException {
        return EventComparison.run(
                new EventComparison.Request(
                        service(directory),
                        "small",
                        "synthetic",
                        MarketSource.open("synthetic:independent,zones=3,days=3")
                                .inTime(),
                        3,
                        Policies.named(List.of("skyhedge", "round_robin"), PlacementSpec.DEFAULT),
                        List.of(Duration.ofHours(3), Duration.ofHours(30)),
                        Duration.ofHours(6),
                        Lags.DEFAULT,
                        PriceBook.ratio(3),
                        "poisson:0.1",
                        Optional.of(traffic()),
                        Duration.ofMinutes(10),
                        0),
                () -> {});
    }

    private static ServiceSpec service(Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("chat.hcl"), SPEC);
        return SpecLoader.load(new SpecRequest(file, List.of(), Map.of(), Limits.DEFAULT))
                .spec()
                .orElseThrow()
                .services()
                .firstEntry()
                .getValue();
    }

    private static TrafficSettings traffic() {
        return new TrafficSettings(
                new Workload.Poisson(0.1, new Lengths.Fixed(0, 0)),
                ServiceTime.exponential(10),
                1,
                TrafficSettings.DEFAULT_TIMEOUT,
                RoundTrips.US_CLIENTS,
                new EndpointSpec("127.0.0.1", 8080, EndpointSpec.Policy.ROUND_ROBIN, 1_000, Duration.ofMinutes(10)),
                (_, _) -> candidates -> IntStream.range(0, candidates.size())
                        .filter(candidates::eligible)
                        .findFirst()
                        .orElse(-1),
                Duration.ofMinutes(10));
    }

    /// The same with each policy four times, under other names.
    static Comparison crowded(Comparison comparison) {
        return new Comparison(
                comparison.service(),
                comparison.market(),
                comparison.protocol(),
                comparison.seed(),
                comparison.windows(),
                comparison.bounds(),
                Stream.of("", "_with", "_without", "_again")
                        .flatMap(more -> comparison.policies().stream()
                                .map(policy -> new Comparison.PolicyRuns(
                                        policy.name() + more, policy.placement(), policy.runs(), List.of())))
                        .toList());
    }

    /// The same of a service with another name.
    static Comparison named(String service, Comparison comparison) {
        return new Comparison(
                service,
                comparison.market(),
                comparison.protocol(),
                comparison.seed(),
                comparison.windows(),
                comparison.bounds(),
                comparison.policies());
    }
}
