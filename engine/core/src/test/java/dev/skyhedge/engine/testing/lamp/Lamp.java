package dev.skyhedge.engine.testing.lamp;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.WorkloadSpec;
import java.util.List;

/// A `lamp` block.
///
/// @param machines how many it shines on
/// @param colour what its tasks run; another one is another version
public record Lamp(
        String name,
        String address,
        int machines,
        String colour,
        List<String> dependsOn,
        List<CheckResult> preconditions)
        implements WorkloadSpec {
    @Override
    public String kind() {
        return Lamps.KIND;
    }

    @Override
    public Lamp after(List<String> workloads) {
        return new Lamp(name, address, machines, colour, workloads, preconditions);
    }

    @Override
    public Lamp under(List<CheckResult> open) {
        return new Lamp(name, address, machines, colour, dependsOn, open);
    }
}
