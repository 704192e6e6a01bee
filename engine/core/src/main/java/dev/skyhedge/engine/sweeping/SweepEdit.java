package dev.skyhedge.engine.sweeping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.spi.Sha256;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A sweep as it is recorded. All that its news depend on makes a version, with which everything begins anew; where it
/// runs does not.
///
/// @param json without secrets
/// @param version 12 hexadecimal digits
record SweepEdit(String json, String version) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION_LENGTH = 12;

    static SweepEdit of(SweepSpec sweep) {
        ObjectNode runs = runs(sweep);
        String version = Sha256.hex(runs.toString()).substring(0, VERSION_LENGTH);
        runs.set("resources", resources(sweep.pool()));
        return new SweepEdit(runs.toString(), version);
    }

    private static ObjectNode runs(SweepSpec sweep) {
        ObjectNode root = JSON.createObjectNode();
        root.put("deadline_millis", sweep.deadline().toMillis());
        root.putObject("metric")
                .put("name", sweep.metric().name())
                .put("goal", sweep.metric().maximize() ? "maximize" : "minimize");
        root.putObject("scheduler")
                .put("rule", sweep.scheduler().rule().name().toLowerCase(Locale.ROOT))
                .put("grace_period", sweep.scheduler().gracePeriod())
                .put("max_t", sweep.scheduler().maxIterations())
                .put("reduction_factor", sweep.scheduler().reductionFactor());
        ObjectNode rules = root.putObject("rules")
                .put("checkpoint_dir", sweep.rules().checkpointDir())
                .put("grace_millis", sweep.rules().grace().toMillis())
                .put("max_failures", sweep.rules().maxFailures());
        sweep.rules().report().ifPresent(report -> rules.put("report", report));
        root.put("atoms", sweep.pool().atoms());
        ArrayNode trials = root.putArray("trials");
        for (SweepSpec.Trial trial : sweep.trials()) {
            ObjectNode one = trials.addObject();
            ObjectNode parameters = one.putObject("parameters");
            trial.parameters().forEach(parameters::put);
            one.put("runs", SpecJson.version(trial.replica()));
        }
        return root;
    }

    private static ObjectNode resources(SweepSpec.Pool pool) {
        ObjectNode node = JSON.createObjectNode().put("market", pool.market().word());
        ResourcesSpec resources = pool.resources();
        ArrayNode accelerators = node.putArray("accelerators");
        resources.accelerators().forEach(one -> accelerators.add(one.toString()));
        ArrayNode locations = node.putArray("locations");
        resources.locations().forEach(one -> locations.add(one.toString()));
        resources.maxPrice().ifPresent(price -> node.put("max_price", price.usd()));
        return node;
    }

    /// What a trial's machine runs, as a version.
    String of(int trial) {
        return version + "-" + trial;
    }

    /// The trial that a machine of this edit runs; empty if it is of another.
    OptionalInt trial(String replicaVersion) {
        String prefix = version + "-";
        return Optional.of(replicaVersion)
                .filter(text -> text.startsWith(prefix))
                .map(text -> OptionalInt.of(Integer.parseInt(text.substring(prefix.length()))))
                .orElse(OptionalInt.empty());
    }
}
