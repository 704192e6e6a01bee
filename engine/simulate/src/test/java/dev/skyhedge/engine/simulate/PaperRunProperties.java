package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PaperRunProperties {
    private static final int TICKS = 120;

    @Provide
    Arbitrary<PlacementSpec> placements() {
        return Arbitraries.of(
                PlacementSpec.Skyhedge.DEFAULT,
                PlacementSpec.SpotHedge.DEFAULT,
                new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0),
                new PlacementSpec.EvenSpread(),
                new PlacementSpec.RoundRobin(),
                new PlacementSpec.Asg(),
                new PlacementSpec.SpotOnly(),
                new PlacementSpec.OnDemand());
    }

    private static MarketWindow window(int zones, long seed) {
        return Windows.drawn(zones, TICKS, 4, 0.08, seed);
    }

    @Property(tries = 60)
    void everyLaunchedReplicaIsBilledUntilItEnds(
            @ForAll("placements") PlacementSpec placement,
            @ForAll @IntRange(min = 1, max = 6) int zones,
            @ForAll @IntRange(min = 1, max = 4) int target,
            @ForAll long seed) {
        Run run = Windows.run(placement, window(zones, seed), target);

        Map<String, Integer> launched = new HashMap<>();
        long billed = 0;
        for (Occurrence one : run.occurrences()) {
            String name = one.replica() + "#" + one.generation();
            switch (one.kind()) {
                case LAUNCHED -> assertThat(launched.put(name, one.tick())).isNull();
                case PREEMPTED, ENDED -> {
                    assertThat(launched).containsKey(name);
                    billed += one.tick() - Objects.requireNonNull(launched.remove(name));
                }
                case REFUSED -> assertThat(launched).doesNotContainKey(name);
            }
        }
        for (int since : launched.values()) {
            billed += TICKS - since;
        }
        long held = run.timeline().onDemandHeld().sum();
        for (Counts zone : run.timeline().spotHeld()) {
            held += zone.sum();
        }
        assertThat(billed).isEqualTo(held);
    }

    @Property(tries = 60)
    void nothingIsDecidedByWhatIsStillToCome(
            @ForAll("placements") PlacementSpec placement,
            @ForAll @IntRange(min = 1, max = 6) int zones,
            @ForAll @IntRange(min = 1, max = TICKS - 1) int now,
            @ForAll long seed) {
        MarketWindow window = window(zones, seed);
        MarketWindow other = Windows.splice(window, window(zones, ~seed), now);

        List<Occurrence> decided = decided(Windows.run(placement, window, 3), now);

        assertThat(decided(Windows.run(placement, other, 3), now)).isEqualTo(decided);
    }

    /// What was decided up to a tick, and what happened before it. Whether a launch of that tick is accepted is
    /// the market's business.
    private static List<Occurrence> decided(Run run, int now) {
        return run.occurrences().stream()
                .filter(one -> one.tick() < now || (one.tick() == now && one.kind() != Occurrence.Kind.PREEMPTED))
                .map(one -> one.tick() == now && one.kind() == Occurrence.Kind.REFUSED ? asAccepted(one) : one)
                .toList();
    }

    private static Occurrence asAccepted(Occurrence refused) {
        return new Occurrence(
                refused.tick(),
                Occurrence.Kind.LAUNCHED,
                refused.replica(),
                refused.generation(),
                refused.market(),
                refused.location(),
                refused.role(),
                refused.reason());
    }

    @Property(tries = 30)
    void theSameIsTheSame(@ForAll("placements") PlacementSpec placement, @ForAll long seed) {
        assertThat(Windows.run(placement, window(4, seed), 3)).isEqualTo(Windows.run(placement, window(4, seed), 3));
    }

    @Property(tries = 150)
    void theArtifactsRuleIsThePublishedOne(
            @ForAll @IntRange(min = 3, max = 6) int zones,
            @ForAll @IntRange(min = 1, max = 4) int target,
            @ForAll @IntRange(min = 0, max = 2) int spares,
            @ForAll long seed) {
        Run run = Windows.run(new PlacementSpec.SpotHedge(Rule.ARTIFACT, spares, true, 0), window(zones, seed), target);

        new PublishedRule(run, spares).check();
    }

    @Property(tries = 40)
    void costGrowsWithThePriceOfOnDemand(@ForAll("placements") PlacementSpec placement, @ForAll long seed) {
        // A policy that looks at prices may decide otherwise at other ones.
        Assume.that(!(placement instanceof PlacementSpec.Skyhedge));
        MarketWindow window = window(3, seed);
        double before = 0;
        for (double price : new double[] {1.5, 3, 10}) {
            PaperProtocol protocol = Windows.protocol(3, TICKS).withPrices(1, price);
            double cost = PaperRun.of(Windows.service(placement), window, protocol, 1)
                    .outcome()
                    .cost();
            assertThat(cost).isGreaterThanOrEqualTo(before);
            before = cost;
        }
    }

    @Property(tries = 20)
    void allPricesTimesTenIsTheSameShare(@ForAll("placements") PlacementSpec placement, @ForAll long seed) {
        MarketWindow window = window(3, seed);
        PaperProtocol protocol = Windows.protocol(3, TICKS);

        Outcome plain =
                PaperRun.of(Windows.service(placement), window, protocol, 1).outcome();
        Outcome dear = PaperRun.of(Windows.service(placement), window, protocol.withPrices(10, 30), 1)
                .outcome();

        assertThat(dear.cost()).isEqualTo(10 * plain.cost());
        assertThat(dear.costShare()).isEqualTo(plain.costShare());
    }
}
