package dev.skyhedge.engine.kinds;

import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.service.Services;
import dev.skyhedge.engine.sweeping.Sweeps;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.Spec;
import java.util.List;

/// The kinds of workload that there are. Who adds one adds a line here.
public final class Kinds {
    private Kinds() {}

    /// What is declared of each of them.
    public static Workloads of(Declarations declared) {
        return new Workloads(
                List.of(new Services(declared), new Sweeps(declared.spec())),
                declared.spec().budget());
    }

    /// What a spec declares of each of them. Who plans the same spec again and again makes its declarations once.
    public static Workloads of(Spec spec) {
        return of(Declarations.of(spec));
    }
}
