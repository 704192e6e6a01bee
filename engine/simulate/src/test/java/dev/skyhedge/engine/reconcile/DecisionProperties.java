package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every decision that random events led to says the same again once it was written and read.
class DecisionProperties {
    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Happening.any().list().ofMinSize(10).ofMaxSize(60);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void isDerivedAgainByteForByte(@ForAll("happenings") List<Happening> happenings, @ForAll("seeds") long seed) {
        var shape = new SyntheticMarket.Shape(
                Duration.ofMinutes(10), Duration.ofMinutes(3), Optional.of(Duration.ofMinutes(30)), 3, seed);
        var cloud = SimulatedClouds.cloud(
                SimulatedClouds.rules().withNotice(Duration.ofSeconds(seed % 2 == 0 ? 30 : 0)),
                new SyntheticMarket(SimulatedClouds.series(), shape),
                SimulatedClouds.START);
        Spec spec = Declared.all(Declared.service("chat").wants(2));
        // One of three has to save, and has nothing left after a while.
        var controller = new VirtualController(
                cloud, seed % 3 == 0 ? spec.within(new BudgetSpec(3_000_000, BudgetSpec.OnBreach.DEGRADE)) : spec);
        var decided = new AtomicInteger();
        controller.watch((world, step) -> step.decision().ifPresent(decision -> {
            Judge.isDerivedAgain(decision, step.plan());
            decided.addAndGet(decision.isKept() ? 1 : 0);
        }));
        happenings.forEach(happening -> happening.to(controller));
        controller.run(Duration.ofMinutes(1));

        assertThat(decided).hasPositiveValue();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }
}
