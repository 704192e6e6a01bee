package dev.skyhedge.engine.kinds;

import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.service.Services;
import dev.skyhedge.engine.sweeping.RecordedTrials;
import dev.skyhedge.engine.sweeping.Sweeps;
import dev.skyhedge.engine.workload.TrialView;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.Collection;
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

    /// The trials of a recorded workload, if it is of a kind that has some.
    public static List<TrialView> trials(WorkloadRecord recorded, Collection<ReplicaRecord> replicas) {
        return RecordedTrials.of(recorded, replicas);
    }

    /// Whether a recorded workload has nothing more to do, because its time is over.
    public static boolean isOver(WorkloadRecord recorded, Instant now) {
        return RecordedTrials.isOver(recorded, now);
    }

    /// What a spec declares of each of them. Who plans the same spec again and again makes its declarations once.
    public static Workloads of(Spec spec) {
        return of(Declarations.of(spec));
    }
}
