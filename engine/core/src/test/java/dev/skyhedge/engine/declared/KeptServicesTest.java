package dev.skyhedge.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.AgreedRemovals;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptServicesTest {
    private static final Declared CHAT = Declared.service("chat").wants(2);
    private static final Declared EMBED = Declared.service("embed");
    private static final SpecOrder KEEP = new SpecOrder.Declared(AgreedRemovals.NONE);

    private static ServiceSpec with(ServiceSpec spec, int port, EnvValue value) {
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        env.put("KEY", value);
        return new ServiceSpec(
                spec.name(),
                spec.address(),
                new ReplicaSpec(Optional.of("image:1"), List.of("serve"), 8000, env),
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                spec.update(),
                Optional.of(new EndpointSpec(
                        "127.0.0.1",
                        port,
                        EndpointSpec.Policy.ROUND_ROBIN,
                        7,
                        Duration.ofSeconds(3),
                        new EndpointSpec.Limits(Duration.ofHours(1), Duration.ofSeconds(9), 8, 7, 6))),
                true,
                List.of("embed"));
    }

    private static KeptServices.Result keep(Spec files, SpecOrder order, ServiceSpec... recorded) {
        return KeptServices.of(
                files, List.of(recorded).stream().map(Worlds::recorded).toList(), order);
    }

    @Test
    void leavesWorkloadsOfOtherKindsToThem() {
        WorkloadRecord chat = Worlds.recorded(CHAT.spec());
        var lamp = new WorkloadRecord(
                "hall",
                "lamp.hall",
                "lamp",
                new WorkloadRecord.Edit("{}", "white", chat.editedAt()),
                1,
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                chat.createdAt(),
                "");

        KeptServices.Result beside = KeptServices.of(Declared.all(), List.of(chat, lamp), KEEP);
        KeptServices.Result alone = KeptServices.of(Declared.all(), List.of(chat, lamp), new SpecOrder.Recorded());

        assertThat(beside.spec().services()).containsOnlyKeys("chat");
        assertThat(beside.problems()).isEmpty();
        assertThat(alone.spec().services()).containsOnlyKeys("chat");
        assertThat(alone.problems()).isEmpty();
    }

    static List<PlacementSpec> policies() {
        return List.of(
                new PlacementSpec.Skyhedge(OptionalInt.of(2), 0.95, false, 1),
                new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, OptionalDouble.of(2.5), true, 0),
                PlacementSpec.DEFAULT,
                new PlacementSpec.SpotHedge(PlacementSpec.SpotHedge.Rule.ARTIFACT, 3, false, 2),
                new PlacementSpec.EvenSpread(),
                new PlacementSpec.RoundRobin(),
                new PlacementSpec.Asg(),
                new PlacementSpec.SpotOnly(),
                new PlacementSpec.OnDemand());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anUndeclaredServiceStaysExactlyAsItIsRecorded(PlacementSpec policy) {
        ServiceSpec chat = with(CHAT.with(policy).spec(), 8080, new EnvValue.Plain("v"));

        KeptServices.Result kept = keep(Declared.all(EMBED), KEEP, chat);

        assertThat(kept.problems()).isEmpty();
        assertThat(kept.spec().services()).containsOnlyKeys("embed", "chat").containsEntry("chat", chat);
    }

    @Test
    void whatIsAgreedToGoIsNotKept() {
        Spec files = Declared.all(EMBED);

        assertThat(keep(files, SpecOrder.WHOLE, CHAT.spec()).spec()).isEqualTo(files);
        assertThat(keep(files, new SpecOrder.Declared(new AgreedRemovals.Only(Set.of("chat"))), CHAT.spec())
                        .spec())
                .isEqualTo(files);
    }

    @Test
    void filesThatAreNoOrderCountForNothing() {
        Spec files = Declared.all(CHAT.wants(9).running("v0"), EMBED);

        KeptServices.Result kept = keep(files, new SpecOrder.Recorded(), CHAT.spec());

        assertThat(kept.spec()).isEqualTo(Declared.all(CHAT));
    }

    @Test
    void aSensitiveValueIsTakenFromFilesThatHaveItStill() {
        ServiceSpec chat = with(CHAT.spec(), 8080, new EnvValue.Sensitive("hush"));
        ServiceSpec older = with(CHAT.wants(5).spec(), 8080, new EnvValue.Sensitive("hush"));

        assertThat(keep(Declared.all(new Declared(older)), new SpecOrder.Recorded(), chat)
                        .spec()
                        .services())
                .containsEntry("chat", chat);
    }

    @Test
    void aServiceWhoseSensitiveValueNobodyKnowsIsLeftAlone() {
        ServiceSpec chat = with(CHAT.spec(), 8080, new EnvValue.Sensitive("hush"));

        KeptServices.Result kept = keep(Declared.all(EMBED), KEEP, chat);

        assertThat(kept.spec().services()).containsOnlyKeys("embed");
        assertThat(kept.problems())
                .extracting(Plan.Problem::detail)
                .first()
                .asString()
                .contains("sensitive");
    }

    @Test
    void theNewcomerHasThePort() {
        ServiceSpec embed = with(EMBED.spec(), 8080, new EnvValue.Plain("v"));
        ServiceSpec chat = with(CHAT.spec(), 8080, new EnvValue.Plain("v"));

        KeptServices.Result kept = keep(Declared.all(new Declared(embed)), KEEP, chat);

        assertThat(kept.spec().services()).containsEntry("chat", chat.withoutEndpoint());
        assertThat(kept.problems()).hasSize(1);
    }

    @Test
    void aPlanEndsNothingThatNobodyAgreedTo() {
        var world = Worlds.of(
                Map.of("chat", Worlds.recorded(CHAT.spec())),
                Signals.NONE,
                Worlds.replica(CHAT, 1, Lifecycle.READY, Worlds.EAST_A));

        Plan plan = Planner.plan(Kinds.of(Declared.all()), world, PlanOptions.DEFAULT.agreeing(AgreedRemovals.NONE));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.problems()).hasSize(1);
        assertThat(Planner.plan(
                                Kinds.of(Declared.all()),
                                world,
                                PlanOptions.DEFAULT.agreeing(new AgreedRemovals.Only(Set.of("chat"))))
                        .actions())
                .isNotEmpty();
    }
}
