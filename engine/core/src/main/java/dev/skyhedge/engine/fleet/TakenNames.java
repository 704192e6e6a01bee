package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names of replicas that begin like those of another workload than the one that has the replica: a replica keeps its
/// name when its workload gets another one. They are looked for when somebody asks, as most plans launch nothing.
public final class TakenNames {
    private final World world;
    private @Nullable Set<String> names;

    public TakenNames(World world) {
        this.world = world;
    }

    boolean contains(String name) {
        Set<String> known = names == null ? find() : names;
        names = known;
        return known.contains(name);
    }

    private Set<String> find() {
        Set<String> found = new HashSet<>();
        world.replicas().forEach((workload, replicas) -> {
            for (ReplicaRecord replica : replicas) {
                String name = replica.name();
                if (name.lastIndexOf('-') != workload.length() || !name.startsWith(workload)) {
                    found.add(name);
                }
            }
        });
        return found;
    }
}
