package dev.skyhedge.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class IgnoredChangesTest {
    private static final Declared OLD = Declared.service("chat").wants(2).running("v1");
    private static final Declared NEW = Declared.service("chat").wants(5).running("v2");

    private static ServiceSpec keep(ServiceSpec before, ServiceSpec after, String... paths) {
        IgnoredChanges.Result result = result(before, after, paths);
        assertThat(result.problems()).isEmpty();
        return result.spec().services().firstEntry().getValue();
    }

    private static IgnoredChanges.Result result(ServiceSpec before, ServiceSpec after, String... paths) {
        WorkloadRecord recorded = Worlds.recorded(before);
        return IgnoredChanges.keep(Declared.all(new Declared(after.ignoring(List.of(paths)))), List.of(recorded));
    }

    private static ServiceSpec with(ServiceSpec spec, ReplicaSpec replica) {
        return new ServiceSpec(
                spec.name(),
                spec.address(),
                replica,
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                spec.update(),
                Optional.of(new EndpointSpec(
                        "127.0.0.1",
                        8080,
                        EndpointSpec.Policy.ROUND_ROBIN,
                        7,
                        Duration.ofSeconds(3),
                        new EndpointSpec.Limits(Duration.ofHours(1), Duration.ofSeconds(9), 8, 7, 6))),
                spec.protect());
    }

    private static ReplicaSpec replica(EnvValue value) {
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        env.put("KEY", value);
        return new ReplicaSpec(Optional.of("image:1"), List.of("serve"), 8000, env);
    }

    @Test
    void keepsAnAttributeAndFollowsItsNeighbours() {
        ServiceSpec kept = keep(OLD.spec(), NEW.spec(), "scaling.min_replicas");

        assertThat(kept.scaling().minReplicas()).isEqualTo(2);
        assertThat(kept.scaling().maxReplicas()).isEqualTo(5);
        assertThat(kept.replica()).isEqualTo(NEW.spec().replica());
    }

    @Test
    void keepsEveryBlockExactly() {
        ServiceSpec before = with(
                OLD.with(new PlacementSpec.SpotHedge(3, true, 1)).spec(),
                replica(new EnvValue.SecretReference("env:K")));

        ServiceSpec kept = keep(
                before,
                NEW.with(new PlacementSpec.OnDemand())
                        .in("sim/west/*")
                        .initialDelay(Duration.ofHours(1))
                        .spec(),
                "replica",
                "resources",
                "readiness",
                "placement",
                "scaling",
                "update",
                "endpoint",
                "protect");

        assertThat(kept.ignoring(List.of())).isEqualTo(before);
    }

    @Test
    void theDiskIsAmongTheResources() {
        ServiceSpec before = OLD.onDisk(200).ofSize(4, 16).spec();
        ServiceSpec after = NEW.onDisk(500).ofSize(8, 32).spec();

        assertThat(keep(before, after, "resources.disk_gb").replica())
                .isEqualTo(after.replica().onDisk(OptionalInt.of(200)));
        assertThat(keep(before, after, "resources").resources()).isEqualTo(before.resources());
        assertThat(keep(before, after, "replica").replica())
                .isEqualTo(before.replica().onDisk(OptionalInt.of(500)));
        assertThat(keep(OLD.spec(), after, "resources").replica().diskGb()).isEmpty();
    }

    @Test
    void plansNothingForAChangeThatIsIgnored() {
        IgnoredChanges.Result result = result(OLD.spec(), NEW.spec(), "replica", "scaling");
        World world = Worlds.of(
                OLD,
                Signals.NONE,
                Worlds.replica(OLD, 1, dev.skyhedge.state.records.Lifecycle.READY, Worlds.EAST_A),
                Worlds.replica(OLD, 2, dev.skyhedge.state.records.Lifecycle.READY, Worlds.EAST_B));

        assertThat(Planner.plan(Kinds.of(result.spec()), world, PlanOptions.DEFAULT)
                        .actions())
                .isEmpty();
    }

    @Test
    void keepsASensitiveValueThatIsStillDeclared() {
        ServiceSpec before = with(OLD.spec(), replica(new EnvValue.Sensitive("hush")));

        assertThat(keep(before, before, "replica").replica()).isEqualTo(before.replica());
    }

    @Test
    void refusesToKeepASensitiveValueThatIsDeclaredOtherwise() {
        IgnoredChanges.Result result = result(
                with(OLD.spec(), replica(new EnvValue.Sensitive("hush"))),
                with(OLD.spec(), replica(new EnvValue.Sensitive("other"))),
                "replica.env");

        assertThat(result.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("replica.env.KEY").doesNotContain("hush", "other"));
    }

    @Test
    void aServiceThatIsNotRecordedIsAsDeclared() {
        var spec = Declared.all(new Declared(NEW.spec().ignoring(List.of("replica"))));

        assertThat(IgnoredChanges.keep(spec, List.of()).spec()).isEqualTo(spec);
    }
}
