package dev.skyhedge.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Blocks;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the planner makes of the blocks `moved`, `removed` and `import`, and of `depends_on`.
class RefactoringTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Declared ASSISTANT = Declared.service("assistant");

    private static World running(ReplicaRecord... replicas) {
        return Worlds.of(CHAT, Signals.NONE, replicas);
    }

    private static ReplicaRecord ready(int ordinal) {
        return Worlds.replica(CHAT, ordinal, Lifecycle.READY, Worlds.EAST_A);
    }

    private static Plan plan(Spec spec, World world) {
        return Planner.plan(Kinds.of(spec), world, PlanOptions.DEFAULT);
    }

    private static <T extends Action> List<T> all(Plan plan, Class<T> kind) {
        return plan.actions().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static World with(World world, Instance... strays) {
        return new World(
                world.now(),
                world.lineage(),
                world.serial(),
                world.workloads(),
                world.replicas(),
                world.zoneHealth(),
                world.offers(),
                world.signals(),
                List.of(strays),
                world.supply(),
                world.refused(),
                world.orders(),
                0);
    }

    private static Instance instance(String id, ReplicaRecord replica) {
        var tags = new InstanceTags(Worlds.LINEAGE, "chat", replica.name(), replica.generation(), replica.token());
        return new Instance(
                id, replica.offer(), tags, InstanceState.RUNNING, Optional.empty(), Worlds.NOW, Optional.empty());
    }

    // --- moved

    @Test
    void aMoveIsAllThatIsPlannedForAServiceThatOnlyGotAnotherName() {
        Spec spec = Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT);

        Plan plan = plan(spec, running(ready(1)));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.MoveService.class, move -> {
            assertThat(move.before().address()).isEqualTo("service.chat");
            assertThat(move.after().address()).isEqualTo("service.assistant");
            assertThat(move.after().specJson()).contains("\"service.assistant\"");
        });
        assertThat(plan.services())
                .singleElement()
                .satisfies(summary -> assertThat(summary.serving()).isEqualTo(1));
        assertThat(plan.hasChanges()).isTrue();
    }

    @Test
    void aMoveOfWhatIsNotRecordedIsNothing() {
        Spec spec = Blocks.NONE.moved("service.older", "service.chat").around(CHAT);

        assertThat(plan(spec, running(ready(1))).actions()).isEmpty();
    }

    @Test
    void anInstanceKeepsItsKeyWhenAllInstancesAreMoved() {
        WorkloadRecord eu =
                Worlds.recorded(new Declared(Declared.service("chat-eu").spec()).spec());
        WorkloadRecord recorded = eu.named(eu.name(), "service.chat[\"eu\"]", eu.specJson());
        World world = Worlds.of(Map.of("chat-eu", recorded), Signals.NONE);
        Spec spec = Blocks.NONE.moved("service.chat", "module.m.service.talk").around(CHAT);

        assertThat(all(plan(spec, world), Action.MoveService.class))
                .singleElement()
                .satisfies(move -> {
                    assertThat(move.after().address()).isEqualTo("module.m.service.talk[\"eu\"]");
                    assertThat(move.after().name()).isEqualTo("m-talk-eu");
                });
    }

    @Test
    void refusesToMoveToAPlaceThatIsTakenAndTouchesNeither() {
        World world = Worlds.of(
                Map.of("chat", Worlds.recorded(CHAT.spec()), "assistant", Worlds.recorded(ASSISTANT.spec())),
                Signals.NONE,
                ready(1));
        Spec spec = Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT);

        Plan plan = plan(spec, world);

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).isEqualTo("The place of a moved service is taken");
            assertThat(problem.detail()).contains("skyhedge state rm assistant");
        });
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void aNewServiceDoesNotTakeTheNamesOfReplicasThatWereMovedAway() {
        Spec spec = Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT);
        World before = running(ready(1));
        World moved = MovedServices.follow(spec, before, PlanOptions.DEFAULT).world();

        Plan plan = plan(Declared.all(ASSISTANT, CHAT), moved);

        assertThat(all(plan, Action.Launch.class))
                .extracting(Action.Launch::replica)
                .containsExactly("chat-2");
    }

    // --- removed

    @Test
    void aRemovedServiceIsForgottenIfItIsNotToBeDestroyed() {
        Spec spec = Blocks.NONE.removed("service.chat", false).around();

        Plan plan = plan(spec, running(ready(1), Worlds.replica(CHAT, 2, Lifecycle.REQUESTED, Worlds.EAST_B)));

        assertThat(all(plan, Action.Forget.class))
                .extracting(Action.Forget::replica)
                .containsExactly("chat-1");
        assertThat(all(plan, Action.RemoveWorkload.class)).hasSize(1);
        assertThat(all(plan, Action.Drain.class)).isEmpty();
        assertThat(all(plan, Action.Terminate.class)).isEmpty();
    }

    @Test
    void aRemovedServiceIsEndedIfItIsToBeDestroyed() {
        Spec spec = Blocks.NONE.removed("service.chat", true).around();

        Plan plan = plan(spec, running(ready(1)));

        assertThat(all(plan, Action.Drain.class)).hasSize(1);
        assertThat(all(plan, Action.Forget.class)).isEmpty();
    }

    @Test
    void forgettingIsNoRemovalThatProtectionForbids() {
        WorkloadRecord guarded = Worlds.recorded(CHAT.isProtected().spec());
        World world = Worlds.of(Map.of("chat", guarded), Signals.NONE, ready(1));

        Plan plan = plan(Blocks.NONE.removed("service.chat", false).around(), world);

        assertThat(plan.problems()).isEmpty();
        assertThat(all(plan, Action.Forget.class)).hasSize(1);
    }

    @Test
    void theNameOfAForgottenReplicaIsNotUsedAgain() {
        World world = running(Worlds.replica(CHAT, 1, Lifecycle.FORGOTTEN, Worlds.EAST_A));

        assertThat(all(plan(Declared.all(CHAT), world), Action.Launch.class))
                .extracting(Action.Launch::replica)
                .containsExactly("chat-2");
    }

    // --- import

    @Test
    void anImportedInstanceIsOneOfThoseWanted() {
        ReplicaRecord forgotten = Worlds.replica(CHAT, 1, Lifecycle.FORGOTTEN, Worlds.EAST_A);
        World world = with(running(forgotten), instance("i-1", forgotten));

        Plan plan = plan(Blocks.NONE.imports("service.chat", "i-1").around(CHAT), world);

        assertThat(plan.problems()).isEmpty();
        assertThat(all(plan, Action.Adopt.class)).singleElement().satisfies(adopt -> {
            assertThat(adopt.replica()).isEqualTo("chat-1");
            assertThat(adopt.version()).isEqualTo(SpecJson.version(CHAT.spec().replica()));
        });
        assertThat(all(plan, Action.Launch.class)).isEmpty();
        assertThat(all(plan, Action.PutWorkload.class))
                .singleElement()
                .satisfies(put ->
                        assertThat(SpecJson.imported(put.after().specJson())).containsExactly("i-1"));
    }

    @Test
    void anImportIsDoneOnceWhateverBecomesOfTheReplica() {
        Spec spec = Blocks.NONE.imports("service.chat", "i-1").around(CHAT);
        WorkloadRecord done = Worlds.recorded(CHAT.spec());
        WorkloadRecord recorded = done.named(done.name(), done.address(), SpecJson.of(CHAT.spec(), List.of("i-1")));

        Plan plan = plan(spec, Worlds.of(Map.of("chat", recorded), Signals.NONE, ready(2)));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void refusesToImportWhatIsNotThere() {
        Plan plan = plan(Blocks.NONE.imports("service.chat", "i-9").around(CHAT), running(ready(1)));

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).isEqualTo("Cannot import what is not there");
            assertThat(problem.detail()).contains("i-9");
        });
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void refusesToImportWhatAnotherServiceHas() {
        Plan plan = plan(Blocks.NONE.imports("service.assistant", "i-1").around(CHAT, ASSISTANT), running(ready(1)));

        assertThat(plan.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).isEqualTo("Instance belongs to another service"));
    }

    // --- depends_on

    private static World of(List<WorkloadRecord> services, ReplicaRecord... replicas) {
        World chat = running();
        TreeMap<String, WorkloadRecord> recorded = new TreeMap<>();
        services.forEach(service -> recorded.put(service.name(), service));
        TreeMap<String, List<ReplicaRecord>> byService = new TreeMap<>();
        for (ReplicaRecord replica : replicas) {
            byService.computeIfAbsent(replica.service(), _ -> new ArrayList<>()).add(replica);
        }
        return chat.with(recorded, byService, Map.of());
    }

    private static final Declared FRONT = ASSISTANT.dependsOn("chat");

    @Test
    void aFirstLaunchWaitsUntilWhatItDependsOnIsReady() {
        Plan plan = plan(Declared.all(FRONT, CHAT), of(List.of()));

        assertThat(all(plan, Action.Launch.class))
                .extracting(Action.Launch::service)
                .containsExactly("chat");
        assertThat(all(plan, Action.Later.class)).singleElement().satisfies(later -> {
            assertThat(later.service()).isEqualTo("assistant");
            assertThat(later.until()).isEqualTo(new Awaited.Serving(List.of("chat")));
            assertThat(later.reason()).endsWith("; once chat is ready");
        });
        assertThat(plan.services().getFirst().notes()).containsExactly("waits until chat is ready, as depends_on says");
    }

    @Test
    void launchesOnceWhatItDependsOnIsReady() {
        World world = of(List.of(Worlds.recorded(CHAT.spec())), ready(1));

        assertThat(all(plan(Declared.all(FRONT, CHAT), world), Action.Launch.class))
                .extracting(Action.Launch::service)
                .containsExactly("assistant");
    }

    @Test
    void aServiceThatRunsIsNotHeldUpByWhatItDependsOn() {
        ReplicaRecord lost =
                Worlds.replica(ASSISTANT, 1, Lifecycle.PREEMPTED, Worlds.EAST_A).ofService("assistant");
        WorkloadRecord recorded = Worlds.recorded(FRONT.spec());
        WorkloadRecord older = new WorkloadRecord(
                recorded.name(),
                recorded.address(),
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(recorded.specJson(), recorded.version(), Worlds.NOW.minusSeconds(3600)),
                recorded.wanted(),
                recorded.scaling(),
                recorded.failedVersion(),
                recorded.stable(),
                recorded.protect(),
                Worlds.NOW.minusSeconds(3600),
                "");

        Plan plan = plan(Declared.all(FRONT, CHAT), of(List.of(older), lost));

        assertThat(all(plan, Action.Later.class)).isEmpty();
        assertThat(all(plan, Action.Launch.class)).hasSize(2);
    }

    @Test
    void whatIsDependedOnEndsLast() {
        ReplicaRecord front =
                Worlds.replica(ASSISTANT, 3, Lifecycle.READY, Worlds.EAST_B).ofService("assistant");
        World world = of(List.of(Worlds.recorded(CHAT.spec()), Worlds.recorded(FRONT.spec())), ready(1), front);

        Plan plan = Planner.plan(Kinds.of(Declared.all(FRONT, CHAT)), world, new PlanOptions(Set.of(), Set.of(), true));

        assertThat(all(plan, Action.Drain.class))
                .extracting(Action.Drain::service)
                .containsExactly("assistant");
        assertThat(all(plan, Action.Later.class)).singleElement().satisfies(later -> {
            assertThat(later.service()).isEqualTo("chat");
            assertThat(later.until()).isEqualTo(new Awaited.Gone(List.of("assistant")));
        });
    }

    @Test
    void aTargetBringsWhatItDependsOn() {
        Plan plan = Planner.plan(
                Kinds.of(Declared.all(FRONT, CHAT, Declared.service("other"))),
                of(List.of()),
                new PlanOptions(Set.of("assistant"), Set.of(), false));

        assertThat(plan.services()).extracting(Plan.WorkloadSummary::service).containsExactly("assistant", "chat");
    }

    // --- preconditions

    private static Declared under(Declared service, CheckResult.Status status) {
        return new Declared(
                service.spec().under(List.of(new CheckResult("service.chat", status, List.of("main.hcl:3: no")))));
    }

    @Test
    void nothingOfAServiceIsDoneBeforeItsPreconditionIsKnown() {
        Plan plan = plan(Declared.all(under(CHAT, CheckResult.Status.UNKNOWN)), of(List.of()));

        assertThat(plan.actions())
                .hasSize(2)
                .allSatisfy(action -> assertThat(action)
                        .isInstanceOfSatisfying(
                                Action.Later.class,
                                later -> assertThat(later.until()).isEqualTo(new Awaited.Checked("chat"))));
    }

    @Test
    void aPreconditionThatIsNotMetStopsItsServiceOnly() {
        Plan plan = plan(Declared.all(under(CHAT, CheckResult.Status.FAIL), ASSISTANT), of(List.of()));

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.service()).isEqualTo("chat");
            assertThat(problem.detail()).isEqualTo("main.hcl:3: no");
        });
        assertThat(plan.actions()).extracting(Action::service).containsOnly("assistant");
    }

    @Test
    void aPreconditionDoesNotHoldUpWhatRunsAsItIsDeclared() {
        World world = of(
                List.of(Worlds.recorded(CHAT.spec())),
                ready(1),
                Worlds.replica(CHAT, 2, Lifecycle.PREEMPTED, Worlds.EAST_B));

        Plan plan = plan(Declared.all(under(CHAT, CheckResult.Status.FAIL)), world);

        assertThat(plan.problems()).isEmpty();
    }
}
