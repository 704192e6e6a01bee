package dev.skyhedge.engine.simulate.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.deadline.DeadlinePolicy;
import dev.skyhedge.engine.deadline.JobTerms;
import dev.skyhedge.engine.deadline.JobView;
import dev.skyhedge.engine.deadline.Order;
import dev.skyhedge.engine.deadline.PatientSpot;
import dev.skyhedge.engine.deadline.SafetyNet;
import dev.skyhedge.engine.deadline.SkyNomad;
import dev.skyhedge.engine.deadline.Transfer;
import dev.skyhedge.engine.deadline.UniformProgress;
import dev.skyhedge.engine.deadline.UniformProgress.Form;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// On small markets that are made from a seed.
class DeadlineProperties {
    private static final int TICK_SECONDS = 600;
    private static final double TICK_HOURS = TICK_SECONDS / 3600.0;

    private record Made(JobMarket market, JobTerms terms) {
        static Made of(long seed, int zones, int ticks) {
            var random = new SplittableRandom(seed);
            List<JobMarket.Zone> all = new ArrayList<>();
            for (int zone = 0; zone < zones; zone++) {
                all.add(zone(random, zone, ticks));
            }
            List<List<Transfer>> transfers = new ArrayList<>();
            for (int from = 0; from < zones; from++) {
                List<Transfer> row = new ArrayList<>();
                for (int to = 0; to < zones; to++) {
                    row.add(from == to ? Transfer.NONE : new Transfer(random.nextInt(3) / 60.0, random.nextDouble()));
                }
                transfers.add(row);
            }
            double restart = random.nextInt(1, 8) / 20.0;
            double deadline = ticks * TICK_HOURS;
            double work = Math.max(0.1, (deadline - restart) * random.nextDouble(0.3, 1.1));
            return new Made(
                    new JobMarket(TICK_SECONDS, all, transfers), new JobTerms(work, deadline, restart, TICK_HOURS));
        }

        private static JobMarket.Zone zone(SplittableRandom random, int index, int ticks) {
            List<Boolean> room = new ArrayList<>();
            List<Double> price = new ArrayList<>();
            boolean up = random.nextBoolean();
            double changes = random.nextDouble(0.02, 0.6);
            double spot = random.nextDouble(0.5, 2.5);
            for (int tick = 0; tick < ticks; tick++) {
                up ^= random.nextDouble() < changes;
                room.add(up);
                price.add(spot);
            }
            return new JobMarket.Zone(new Location("made", "r" + index, "z" + index), room, price, 3 + index * 0.1);
        }

        /// Work of whole ticks, and transfers that take no time.
        Made withWholeWork() {
            List<List<Transfer>> instant = market.transfers().stream()
                    .map(row -> row.stream()
                            .map(transfer -> new Transfer(0, transfer.dollars()))
                            .toList())
                    .toList();
            double work = Math.max(1, Math.floor(terms.workHours() / TICK_HOURS)) * TICK_HOURS;
            return new Made(new JobMarket(TICK_SECONDS, market.zones(), instant), terms.withWork(work));
        }

        DeadlineOutcome run(DeadlinePolicy policy) {
            return new DeadlineSimulation(market, terms, policy).run();
        }

        double optimum() {
            return OfflineOptimum.cost(market, terms);
        }
    }

    /// Asks for anything at any time, from a seed and the time.
    private record Erratic(long seed) implements DeadlinePolicy {
        @Override
        public Order next(JobView view) {
            var random = new SplittableRandom(seed ^ Double.hashCode(view.nowHours()));
            int zone = random.nextInt(view.zones().size());
            boolean refused = view.zones().get(zone).history().sightings().stream()
                    .anyMatch(sighting -> sighting.atHours() == view.nowHours() && !sighting.available());
            Market market = refused || random.nextInt(5) == 0 ? Market.ON_DEMAND : Market.SPOT;
            boolean holds = view.held().isPresent();
            return switch (random.nextInt(4)) {
                case 0 -> new Order.Wait("erratic");
                case 1 -> new Order.Stay("erratic");
                default -> holds ? new Order.Move(zone, market, "erratic") : new Order.Launch(zone, market, "erratic");
            };
        }
    }

    private static List<DeadlinePolicy> policies(long seed) {
        return List.of(
                new PatientSpot(),
                new SkyNomad(2),
                new SkyNomad(Double.MAX_VALUE),
                new UniformProgress(Form.EAGER),
                new UniformProgress(Form.AVAILABILITY),
                new UniformProgress(Form.PROBES_AND_PRICE),
                new Erratic(seed));
    }

    @Property(tries = 400)
    void withTheNetNoDeadlineIsMissedThatCanBeKeptOnDemand(
            @ForAll @LongRange long seed,
            @ForAll @IntRange(min = 1, max = 4) int zones,
            @ForAll @IntRange(min = 6, max = 80) int ticks) {
        Made made = Made.of(seed, zones, ticks);
        boolean fits = made.terms().workHours() + made.terms().restartHours()
                <= made.terms().deadlineHours();

        for (DeadlinePolicy policy : policies(seed)) {
            DeadlineOutcome outcome = made.run(new SafetyNet(policy));
            assertThat(outcome.met() || !fits).as("%s", policy).isTrue();
            assertThat(outcome.finishedHours()).isLessThanOrEqualTo(made.terms().deadlineHours() + 1e-6);
        }
    }

    @Property(tries = 300)
    void nobodyWhoIsDoneInTimePaysLessThanTheOptimum(
            @ForAll @LongRange long seed,
            @ForAll @IntRange(min = 1, max = 4) int zones,
            @ForAll @IntRange(min = 6, max = 60) int ticks) {
        Made made = Made.of(seed, zones, ticks);
        double optimum = made.optimum();

        for (DeadlinePolicy policy : policies(seed)) {
            DeadlineOutcome outcome = made.run(new SafetyNet(policy));
            if (outcome.met()) {
                assertThat(outcome.cost()).as("%s", policy).isGreaterThanOrEqualTo(optimum - 1e-6);
            }
        }
    }

    @Property(tries = 60)
    void theOptimumIsTheLeastOfAllPlans(@ForAll @LongRange long seed, @ForAll @IntRange(min = 1, max = 2) int zones) {
        Made made = Made.of(seed, zones, 6).withWholeWork();

        double least = new AllPlans(made.market(), made.terms()).least();

        assertThat(made.optimum()).isEqualTo(least, within(1e-6));
    }

    @Property(tries = 200)
    void theSameIsDecidedWhenTheSameIsSeen(@ForAll @LongRange long seed) {
        Made made = Made.of(seed, 3, 50);

        assertThat(made.run(PatientSpot.safe())).isEqualTo(made.run(PatientSpot.safe()));
    }
}
