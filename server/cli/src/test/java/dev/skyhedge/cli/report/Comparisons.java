package dev.skyhedge.cli.report;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.PaperComparison;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.engine.simulate.Policies;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        Path file = Files.writeString(directory.resolve("chat.hcl"), SPEC);
        ServiceSpec service = SpecLoader.load(new SpecRequest(file, List.of(), Map.of(), Limits.DEFAULT))
                .spec()
                .orElseThrow()
                .services()
                .firstEntry()
                .getValue();
        return PaperComparison.run(
                new PaperComparison.Request(
                        service,
                        MarketSource.open("synthetic:independent,zones=3,days=3"),
                        PaperProtocol.DEFAULT.withTicks(600),
                        Policies.named(List.of("skyhedge", "spothedge_artifact"), PlacementSpec.DEFAULT),
                        List.of(100L, 900L),
                        0,
                        false),
                (_, _) -> {});
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
