package dev.skyhedge.engine.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decisions as JSON and back. No secret gets in: of sensitive values only their hashes are kept,
/// which is all that the planner sees of them, and neither logs of workloads, nor settings of
/// providers, nor outputs, which it never sees.
public final class DecisionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DecisionJson() {}

    /// The decision in one line.
    public static String write(Decision decision) {
        return ValueCodec.write(
                        decision.with(plannedOf(decision.spec())).with(withoutLogs(decision.world())), Decision.class)
                .toString();
    }

    /// @throws IllegalArgumentException if it is none that this version can read
    public static Decision read(String json) {
        try {
            return (Decision) ValueCodec.read(JSON.readTree(json), Decision.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A decision is JSON", e);
        }
    }

    /// Actions in one line: equal ones have equal lines.
    public static String actions(List<Action> actions) {
        ArrayNode array = JSON.createArrayNode();
        actions.forEach(action -> array.add(ValueCodec.write(action, Action.class)));
        return array.toString();
    }

    private static World withoutLogs(World world) {
        SortedMap<String, List<ReplicaRecord>> replicas = new TreeMap<>();
        world.replicas()
                .forEach((service, records) -> replicas.put(
                        service,
                        records.stream()
                                .map(replica -> replica.logTail().isEmpty() ? replica : replica.withLog(""))
                                .toList()));
        return world.with(world.workloads(), replicas, world.signals());
    }

    private static Spec plannedOf(Spec spec) {
        return new Spec(
                List.of(),
                spec.workloads(),
                List.of(),
                List.of(),
                spec.moved(),
                spec.removed(),
                spec.imports(),
                spec.budget());
    }
}
