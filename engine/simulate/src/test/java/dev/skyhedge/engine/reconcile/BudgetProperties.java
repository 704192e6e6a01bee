package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.Spec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Budgets over whole days, in markets where zones come and go.
class BudgetProperties {
    private static final PlacementSpec[] POLICIES = {
        PlacementSpec.Skyhedge.DEFAULT, PlacementSpec.SpotHedge.DEFAULT, new PlacementSpec.OnDemand()
    };

    /// What all wanted replicas cost on-demand in the dearest zone for as long as they take to end.
    private static final long OF_AN_ENDING = 3 * 1_000_000 / 4;

    private static Spec spec(PlacementSpec policy, long microDollars) {
        return Declared.all(Declared.service("chat").wants(2).with(policy))
                .within(new BudgetSpec(microDollars, OnBreach.DEGRADE));
    }

    private static VirtualController begin(Spec spec, int seed) {
        var shape = new SyntheticMarket.Shape(
                Duration.ofHours(4), Duration.ofMinutes(20), Optional.of(Duration.ofHours(2)), 3, seed);
        return new VirtualController(
                SimulatedClouds.cloud(
                        SimulatedClouds.rules(),
                        new SyntheticMarket(SimulatedClouds.series(), shape),
                        SimulatedClouds.START.truncatedTo(ChronoUnit.DAYS)),
                spec);
    }

    private static List<Long> days(VirtualController controller, int count) {
        List<Long> spent = new ArrayList<>();
        long before = 0;
        for (int day = 0; day < count; day++) {
            controller.run(Duration.ofDays(1));
            Instant now = controller.now();
            long after = controller.cloud().ledger().spendMicroDollars(now);
            spent.add(after - before);
            before = after;
        }
        return spent;
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
    void aDayNeverCostsMuchMoreThanItsBudget(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(min = 1, max = 60) int usdPerDay) {
        long budget = usdPerDay * 1_000_000L;
        var controller = begin(spec(POLICIES[seed % POLICIES.length], budget), seed);

        assertThat(days(controller, 2)).allSatisfy(spent -> assertThat(spent).isLessThan(budget + OF_AN_ENDING));
    }

    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    void moreThanEnoughMoneyChangesNothing(@ForAll @IntRange(max = 1_000_000) int seed) {
        Spec rich = spec(PlacementSpec.Skyhedge.DEFAULT, 1_000_000_000L);
        var limited = begin(rich, seed);
        var free = begin(Declared.all(Declared.service("chat").wants(2).with(PlacementSpec.Skyhedge.DEFAULT)), seed);

        assertThat(days(limited, 1)).isEqualTo(days(free, 1));
        assertThat(limited.lastStep().plan().budget().orElseThrow().economy()).isEqualTo(Economy.NONE);
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void whatIsCountedIsWhatTheCloudBills(@ForAll @IntRange(max = 1_000_000) int seed) {
        var controller = begin(spec(POLICIES[seed % POLICIES.length], 20_000_000L), seed);

        controller.run(Duration.ofHours(20));

        assertThat(controller.world().spentToday())
                .isCloseTo(controller.cloud().ledger().spendMicroDollars(controller.now()), withinPercentage(5));
    }
}
