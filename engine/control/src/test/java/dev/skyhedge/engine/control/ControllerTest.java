package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.CarryOut;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.lamp.Lamps;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.testing.ForwardingProvider;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.CommitResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a controller does, and when it ends.
class ControllerTest extends ControllerFixture {
    @Test
    void endsWhenEveryServiceServes() throws Exception {
        Ending ending = run(Declared.all(CHAT.wants(2), Declared.service("embed")), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().replicas()).hasSize(3).allMatch(r -> r.lifecycle() == Lifecycle.READY);
        assertThat(store.read().openIntents()).isEmpty();
    }

    @Test
    void restsBetweenTheStepsOfALargeFleet() throws Exception {
        List<Long> steps = new ArrayList<>();
        var listener = new SilentListener() {
            @Override
            public void stepped(Step step) {
                if (store.read().replicas().size() == 200) {
                    steps.add(System.nanoTime());
                }
            }
        };

        await(start(controller(Declared.all(CHAT.wants(200)), new Settle(), new SimulatedProvider(cloud), listener)));

        assertThat(steps).hasSizeGreaterThan(2);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i) - steps.get(i - 1)).isGreaterThanOrEqualTo(2_000_000);
        }
    }

    @Test
    void launchesOnTheDeclaredDisk() throws Exception {
        List<OptionalInt> disks = new CopyOnWriteArrayList<>();
        var provider = new ForwardingProvider(new SimulatedProvider(cloud)) {
            @Override
            public Outcome<Instance> launch(LaunchRequest request) {
                disks.add(request.diskGb());
                return super.launch(request);
            }
        };

        await(start(controller(Declared.all(CHAT.wants(2).onDisk(500)), new Settle(), provider)));

        assertThat(disks).hasSize(2).containsOnly(OptionalInt.of(500));
    }

    @Test
    void asksForWhatTheServiceNeedsAtLeast() throws Exception {
        List<Optional<MachineShape>> asked = new CopyOnWriteArrayList<>();
        var provider = new ForwardingProvider(new SimulatedProvider(cloud)) {
            @Override
            public Outcome<OfferList> offers(OfferQuery query) {
                return super.offers(query).map(list -> {
                    SequencedMap<String, MachineShape> large = new LinkedHashMap<>();
                    list.offers().forEach(offer -> large.put(offer.instanceType(), new MachineShape(64, 1 << 20)));
                    return new OfferList(list.offers(), list.readAt(), list.unreachable(), list.sources(), large);
                });
            }

            @Override
            public Outcome<Instance> launch(LaunchRequest request) {
                asked.add(request.least());
                return super.launch(request);
            }
        };

        await(start(controller(Declared.all(CHAT.wants(2).ofSize(8, 32)), new Settle(), provider)));

        assertThat(asked).hasSize(2).containsOnly(Optional.of(new MachineShape(8, 32 * 1024)));
    }

    @Test
    void runsAKindOfWorkloadThatItHasNeverHeardOf(@TempDir Path directory) throws Exception {
        Spec lamps = Lamps.read(directory, "lamp \"hall\" {\n  machines = 2\n}\n")
                .spec()
                .orElseThrow();
        SequencedMap<String, WorkloadSpec> both =
                new LinkedHashMap<>(Declared.all(CHAT).workloads());
        both.putAll(lamps.workloads());
        ControllerSettings settings =
                settings(new Spec(List.of(), both, List.of()), new Settle(), new SimulatedProvider(cloud));
        var controller = new Controller(settings, Lamps::of, new SilentListener());

        Ending ending = await(start(controller));

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().replicas())
                .extracting(ReplicaRecord::name, ReplicaRecord::lifecycle)
                .containsExactly(
                        tuple("chat-1", Lifecycle.READY),
                        tuple("hall-1", Lifecycle.READY),
                        tuple("hall-2", Lifecycle.READY));
        assertThat(store.read().openIntents()).isEmpty();
    }

    @Test
    void endsWhenEverythingIsDestroyed() throws Exception {
        run(Declared.all(CHAT.wants(2)), new Settle());

        Ending ending = run(Declared.all(), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(cloud.ledger().live()).isEmpty();
        assertThat(store.read().services()).isEmpty();
    }

    @Test
    void endsWithTheReasonWhenNoLocationOffersWhatIsAskedFor() throws Exception {
        Ending ending = run(Declared.all(CHAT.in("sim/south/*")), new Settle());

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Hopeless.class,
                        hopeless -> assertThat(hopeless.reasons())
                                .singleElement()
                                .asString()
                                .contains("chat", "cannot be placed"));
    }

    @Test
    void endsWithTheReasonWhenTheProviderRefuses() throws Exception {
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("no such image")),
                        Integer.MAX_VALUE);

        Ending ending = run(Declared.all(CHAT), new Settle());

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Hopeless.class,
                        hopeless -> assertThat(hopeless.reasons())
                                .singleElement()
                                .asString()
                                .contains("nothing is launched any more", "no such image"));
        assertThat(cloud.ledger().rentals()).isEmpty();
    }

    @Test
    void carriesOutASavedPlanAndNothingElse() throws Exception {
        Plan saved = savedPlan(Declared.all(CHAT.wants(2)));

        Ending ending = run(Declared.all(CHAT.wants(3), Declared.service("embed")), new CarryOut(saved.actions()));

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(cloud.ledger().rentals())
                .extracting(rental -> rental.tags().token())
                .containsExactlyInAnyOrderElementsOf(saved.actions().stream()
                        .filter(Action.Launch.class::isInstance)
                        .map(action -> ((Action.Launch) action).token())
                        .toList());
        assertThat(cloud.ledger().rentals()).extracting(Rental::isLive).containsOnly(true);
    }

    @Test
    void endsOnlyOnceNothingIsUndecided() throws Exception {
        run(Declared.all(CHAT), new Settle());
        ReplicaRecord replica = store.read().replicas().getFirst();
        Lease lease = lease();
        // As a process leaves it that was killed after an instance had ended and before it knew that.
        var intent = new Intent(
                "terminate-i-before",
                lease.epoch(),
                Intent.Operation.TERMINATE,
                replica.service(),
                replica.machine().key(),
                replica.token(),
                replica.version(),
                replica.offer(),
                Optional.of("i-before"),
                clock.instant());
        assertThat(store.commit(lease, List.of(new Change.OpenIntent(intent))))
                .isInstanceOf(CommitResult.Committed.class);

        Ending ending = run(Declared.all(CHAT), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().openIntents()).isEmpty();
    }

    private Plan savedPlan(Spec spec) {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        var reconciler = new Reconciler(spec, store.read(), List.of(), Map.of(), 0);
        if (cloud.offers(everything) instanceof Outcome.Done<OfferList>(OfferList offers)) {
            reconciler.carryOut(List.of(), List.of(new Message.OffersRead("sim", offers)), clock.instant());
        }
        return Planner.plan(Kinds.of(spec), reconciler.world(clock.instant()), PlanOptions.DEFAULT);
    }
}
