package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.AgreedRemovals;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Machines;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sweep on a simulated cloud, whose trainers are played by the test: each instance that runs writes a report every
/// ten seconds, and goes on from the checkpoint that it was told.
class SweepTest {
    private static final Duration ITERATION = Duration.ofSeconds(10);
    private static final int ATOMS = 3;
    private static final Duration END = Duration.ofMinutes(20).minusSeconds(30);
    private static final Pattern CHECKPOINT = Pattern.compile("c-([0-9]+)-([0-9]+)");

    private Path directory;
    private final Map<String, Trainer> trainers = new HashMap<>();
    private Cloud cloud = cloud(VirtualMachines.withEndpoints(this::begin));
    private VirtualController controller;
    private Instant begun;

    /// What runs on one instance.
    private static final class Trainer {
        final int trial;
        final Optional<String> from;
        int iteration;

        Trainer(Map<String, String> env) {
            trial = Integer.parseInt(env.getOrDefault("SKYHEDGE_TRIAL_ID", ""));
            from = Optional.of(env.getOrDefault("SKYHEDGE_RESUME_FROM", "?")).filter(path -> !path.isEmpty());
            from.ifPresent(path -> {
                var matcher = CHECKPOINT.matcher(path);
                assertThat(matcher.matches()).as(path).isTrue();
                assertThat(Integer.parseInt(matcher.group(1)))
                        .as("whose checkpoint")
                        .isEqualTo(trial);
                iteration = Integer.parseInt(matcher.group(2));
            });
        }

        /// The larger its number, the better a trial is.
        String report() {
            iteration++;
            return "epoch done\n{\"iteration\":%d,\"iteration_s\":10,\"metrics\":{\"accuracy\":%s},\"checkpoint\":\"c-%d-%d\"}\n"
                    .formatted(iteration, trial * (1 - Math.exp(-iteration / 9.0)), trial, iteration);
        }
    }

    private static Cloud cloud(Machines.Maker machines) {
        return SimulatedClouds.cloud(
                SimulatedClouds.rules(),
                new CalmMarket(SimulatedClouds.series(), 1000),
                SimulatedClouds.START,
                machines);
    }

    private Endpoint begin(Instance instance, Workload workload) {
        trainers.put(instance.id(), new Trainer(workload.environment()));
        return new Endpoint("10.0.0.1", 8000);
    }

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        this.directory = directory;
        controller = new VirtualController(cloud, spec("hypersched", "20m"));
        begun = controller.now();
    }

    private Spec spec(String rule, String deadline) throws IOException {
        return load("""
                sweep "fit" {
                  deadline   = "%s"
                  max_trials = 12

                  metric { name = "accuracy" }

                  space {
                    param "lr" { uniform = [0, 1] }
                  }

                  scheduler "%s" {
                    grace_period     = 2
                    max_t            = 18
                    reduction_factor = 3
                  }

                  trial {
                    command        = ["train", param.lr]
                    checkpoint_dir = "/shared"
                    grace          = "30s"
                    max_failures   = 1
                  }

                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["sim/*/*"]
                    atoms        = %d
                  }
                }
                """.formatted(deadline, rule, ATOMS));
    }

    private Spec load(String text) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), text);
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(directory));
        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEmpty();
        return loaded.spec().orElseThrow();
    }

    /// Time passes; whoever runs trains.
    private void train(Duration time) {
        Instant end = controller.now().plus(time);
        while (controller.now().isBefore(end)) {
            controller.run(ITERATION);
            write();
            noTrialRunsTwice();
        }
    }

    private void write() {
        for (Rental rental : cloud.ledger().live()) {
            Trainer trainer = trainers.get(rental.instanceId());
            if (trainer != null) {
                cloud.say(rental.instanceId(), trainer.report());
            }
        }
    }

    private void noTrialRunsTwice() {
        List<Integer> running = cloud.ledger().live().stream()
                .flatMap(rental -> Stream.ofNullable(trainers.get(rental.instanceId())))
                .map(trainer -> trainer.trial)
                .toList();
        assertThat(running).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(ATOMS);
    }

    private Set<Integer> begunTrials() {
        return trainers.values().stream().map(trainer -> trainer.trial).collect(Collectors.toCollection(TreeSet::new));
    }

    private int farthest(int trial) {
        return trainers.values().stream()
                .filter(trainer -> trainer.trial == trial)
                .mapToInt(trainer -> trainer.iteration)
                .max()
                .orElse(0);
    }

    @Test
    void isPlannedWithItsFirstTrialsAndWhatItMayCost() throws IOException {
        var fresh = new VirtualController(SimulatedClouds.calm(), spec("hypersched", "20m"));
        controller.run(Duration.ofSeconds(1));

        Plan plan = Planner.plan(Kinds.of(controller.spec()), fresh.world(), PlanOptions.DEFAULT);

        assertThat(plan.services())
                .singleElement()
                .satisfies(sweep -> assertThat(sweep.notes())
                        .anyMatch(note -> note.startsWith("12 configurations (seed 1), 3 at a time, by hypersched"))
                        .anyMatch(note -> note.startsWith("first 1: lr=0."))
                        .contains("compared at iterations 2, 6, 18: of 3 one goes on"));
        assertThat(plan.actions()).noneMatch(Action.Launch.class::isInstance);
    }

    @Test
    void beginsManyTrialsAndBringsTheBestToTheirEnd() {
        train(END.minusSeconds(10));

        assertThat(begunTrials()).hasSizeGreaterThan(6);
        assertThat(farthest(begunTrials().stream().max(Integer::compare).orElseThrow()))
                .isGreaterThan(6);
        assertThat(trainers.values()).anyMatch(trainer -> trainer.from.isPresent());
        assertThat(cloud.ledger().launchedTwice()).isEmpty();
    }

    @Test
    void nothingIsRentedAfterTheDeadline() {
        train(END.plusSeconds(30));
        int launched = cloud.ledger().rentals().size();

        assertThat(cloud.ledger().live()).isEmpty();
        train(Duration.ofMinutes(10));

        assertThat(cloud.ledger().rentals()).hasSize(launched).allSatisfy(rental -> {
            assertThat(rental.launchedAt()).isBefore(begun.plus(END));
            assertThat(rental.end())
                    .hasValueSatisfying(
                            to -> assertThat(to.at()).isBefore(begun.plus(END).plusSeconds(30)));
        });
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void aPreemptionIsNoFailureAndTheTrialGoesOnFromItsCheckpoint() {
        for (int i = 0; i < 5; i++) {
            train(Duration.ofMinutes(2));
            cloud.ledger().live().forEach(rental -> cloud.preempt(rental.instanceId(), Duration.ZERO));
        }
        train(Duration.ofMinutes(2));

        assertThat(trainers.values().stream().filter(trainer -> trainer.from.isPresent()))
                .hasSizeGreaterThan(5);
        assertThat(controller.store().read().services())
                .singleElement()
                .satisfies(sweep ->
                        assertThat(sweep.memory()).doesNotContain("fail\\n").contains("interrupt"));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void aTrialGoesOnThoughTheLogOfItsLastMachineNeverSaysThatItHasEnded() throws IOException {
        cloud = cloud(VirtualMachines.withConsoles(this::begin));
        controller = new VirtualController(cloud, spec("random", "20m"));
        train(Duration.ofMinutes(2));
        cloud.ledger().live().forEach(rental -> {
            cloud.say(rental.instanceId(), "no end of a li");
            cloud.preempt(rental.instanceId(), Duration.ZERO);
        });

        train(Duration.ofMinutes(5));

        assertThat(trainers.values().stream()
                        .filter(trainer -> trainer.from.isPresent())
                        .map(trainer -> trainer.trial))
                .contains(1, 2, 3);
    }

    @Test
    void aTrialThatFailsAgainAndAgainIsGivenUpAndOthersAreNot() {
        Instant end = controller.now().plus(Duration.ofMinutes(10));
        while (controller.now().isBefore(end)) {
            train(ITERATION);
            cloud.ledger().live().stream()
                    .filter(rental -> Optional.ofNullable(trainers.get(rental.instanceId()))
                            .filter(trainer -> trainer.trial == 1)
                            .isPresent())
                    .forEach(rental -> cloud.exit(rental.instanceId(), "exit status 1"));
        }

        assertThat(trainers.values().stream().filter(trainer -> trainer.trial == 1))
                .hasSize(2);
        assertThat(begunTrials()).hasSizeGreaterThan(3);
    }

    @Test
    void anEditBeginsItAnew() throws IOException {
        train(Duration.ofMinutes(3));
        Set<String> before = Set.copyOf(trainers.keySet());

        controller.declare(spec("random", "15m"));
        train(Duration.ofMinutes(3));

        assertThat(trainers.entrySet().stream()
                        .filter(entry -> !before.contains(entry.getKey()))
                        .map(Map.Entry::getValue))
                .hasSize(ATOMS)
                .allMatch(trainer -> trainer.from.isEmpty());
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void anEditThatIsTakenBackBeginsItAnewToo() throws IOException {
        train(Duration.ofMinutes(5));
        controller.declare(spec("random", "15m"));
        train(Duration.ofSeconds(20));
        controller.declare(spec("hypersched", "20m"));
        train(ITERATION);
        controller.run(Duration.ofSeconds(3));

        assertThat(controller.store().read().services())
                .singleElement()
                .satisfies(sweep ->
                        assertThat(sweep.memory()).as("only of trials 1 to 3").doesNotContain("\"4\":"));
    }

    @Test
    void endsWithEverythingElse() {
        train(Duration.ofMinutes(3));

        controller.use(new PlanOptions(Set.of(), Set.of(), true));
        controller.run(Duration.ofMinutes(2));

        assertThat(cloud.ledger().live()).isEmpty();
        assertThat(controller.store().read().services()).isEmpty();
    }

    @Test
    void nothingEndsItWithoutAnybodyWhoAgreesAndThePlanSaysSo() throws IOException {
        train(Duration.ofMinutes(1));
        controller.use(PlanOptions.DEFAULT.agreeing(AgreedRemovals.NONE));
        Spec without = load("");

        controller.declare(without);
        controller.run(Duration.ofMinutes(1));

        assertThat(cloud.ledger().live()).hasSize(ATOMS);
        assertThat(Planner.plan(
                                Kinds.of(without),
                                controller.world(),
                                PlanOptions.DEFAULT.agreeing(AgreedRemovals.NONE))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).contains("removal of a sweep"));
    }

    @Test
    void aRemovedBlockLeavesItsMachinesRunning() throws IOException {
        train(Duration.ofMinutes(1));
        controller.use(PlanOptions.DEFAULT.agreeing(AgreedRemovals.NONE));

        controller.declare(load("""
                removed {
                  from = sweep.fit
                  lifecycle { destroy = false }
                }
                """));
        controller.run(Duration.ofMinutes(1));

        assertThat(controller.store().read().services()).isEmpty();
        assertThat(cloud.ledger().live()).hasSize(ATOMS);
    }

    @Test
    void itBeginsAnewBesideMachinesThatWereLeftRunning() throws IOException {
        aRemovedBlockLeavesItsMachinesRunning();

        controller.declare(spec("random", "15m"));
        controller.run(Duration.ofMinutes(1));

        assertThat(cloud.ledger().live()).hasSize(2 * ATOMS);
        assertThat(begunTrials()).containsExactly(1, 2, 3);
        assertThat(trainers).hasSize(2 * ATOMS);
    }

    @Test
    void survivesCrashesAndPreemptionsWithoutATrialThatRunsTwice() {
        var random = new SplittableRandom(4711);
        CrashPoint[] points = CrashPoint.values();

        while (controller.now().isBefore(begun.plus(END).plus(Duration.ofMinutes(2)))) {
            controller.crashAt(points[random.nextInt(points.length)]);
            controller.run(Duration.ofSeconds(random.nextInt(1, 9)));
            write();
            noTrialRunsTwice();
            List<Rental> live = cloud.ledger().live();
            if (!live.isEmpty() && random.nextInt(6) == 0) {
                cloud.preempt(live.get(random.nextInt(live.size())).instanceId(), Duration.ZERO);
            }
        }
        controller.run(Duration.ofMinutes(2));

        assertThat(controller.successions()).isGreaterThan(50);
        assertThat(begunTrials()).hasSizeGreaterThan(ATOMS);
        assertThat(cloud.ledger().live()).isEmpty();
        assertThat(cloud.ledger().rentals())
                .allSatisfy(rental -> assertThat(rental.launchedAt()).isBefore(begun.plus(END)));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void aSuccessorDecidesAsItsPredecessorWouldHave() {
        train(Duration.ofMinutes(7));
        controller.run(Duration.ofSeconds(4));
        Plan before = Planner.plan(Kinds.of(controller.spec()), controller.world(), PlanOptions.DEFAULT);

        controller.crash();
        controller.run(Duration.ofSeconds(1));
        Plan after = Planner.plan(Kinds.of(controller.spec()), controller.world(), PlanOptions.DEFAULT);

        assertThat(after.services()).isEqualTo(before.services());
    }

    @Test
    void itsDecisionsAreKeptAndDerivedAgain() {
        var kept = new AtomicInteger();
        controller.watch((_, step) -> step.decision().ifPresent(decision -> {
            Judge.isDerivedAgain(decision, step.plan());
            kept.addAndGet(decision.isKept() ? 1 : 0);
        }));

        train(Duration.ofMinutes(10));

        assertThat(kept).hasValueGreaterThan(6);
    }
}
