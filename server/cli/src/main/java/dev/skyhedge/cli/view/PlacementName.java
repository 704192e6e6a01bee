package dev.skyhedge.cli.view;

import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// What the placement of a workload is called, the default one included, which no spec needs to name.
public final class PlacementName {
    private PlacementName() {}

    /// Empty for workloads that have none.
    public static Optional<String> of(WorkloadRecord workload) {
        return Optional.of(Json.parse(workload.specJson())
                        .path("placement")
                        .path("policy")
                        .asText(""))
                .filter(name -> !name.isEmpty())
                .map(Words::clean);
    }
}
