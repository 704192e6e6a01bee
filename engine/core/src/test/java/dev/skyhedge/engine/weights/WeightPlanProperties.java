package dev.skyhedge.engine.weights;

import static dev.skyhedge.engine.weights.WeightPlans.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.spi.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WeightPlanProperties {
    private static WeightRequest request(long seed, int count) {
        Random random = new Random(seed);
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(new Target("r" + i, somewhere("t" + random.nextInt(count), random)));
        }
        List<Holder> holders = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            holders.add(new Holder(
                    somewhere("h" + i, random), Holder.Role.values()[random.nextInt(3)], random.nextInt(20) / 100.0));
        }
        List<Peer> stores = List.of(peer("s3", "aws/r0/z0", 10));
        return new WeightRequest(
                "m", 1 + random.nextLong(WeightPlans.GB), 1 << 20, targets, holders, stores, WeightPlans.PRICES, 0);
    }

    /// The same name is always at the same place.
    private static Peer somewhere(String name, Random random) {
        int hash = Math.floorMod(name.hashCode() * 31, 997);
        String location = (hash % 2 == 0 ? "aws" : "gcp") + "/r" + hash % 3 + "/z" + hash % 5;
        return new Peer(name, Location.parse(location), 1e9 * (1 + random.nextInt(4)));
    }

    @Property(tries = 10_000)
    void everybodyIsSentTheModelOnceBySomebodyWhoGetsItBefore(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count) {
        WeightRequest request = request(seed, count);

        WeightPlan plan = WeightPlanner.plan(request);

        Set<String> having = request.holders().stream()
                .map(holder -> holder.peer().name())
                .collect(Collectors.toCollection(HashSet::new));
        having.add("s3");
        for (Hop hop : plan.hops()) {
            assertThat(having).contains(hop.from().name());
            assertThat(having.add(hop.to().name()))
                    .as("%s gets it once", hop.to())
                    .isTrue();
            assertThat(hop.reason()).isNotBlank();
        }
        request.targets()
                .forEach(target -> assertThat(having).contains(target.peer().name()));
    }

    @Property(tries = 10_000)
    void eachRegionPaysForOneCopyAtMost(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count) {
        WeightPlan plan = WeightPlanner.plan(request(seed, count));

        List<String> entered = plan.hops().stream()
                .filter(hop -> !hop.from().region().equals(hop.to().region()))
                .map(hop -> hop.to().region())
                .toList();
        assertThat(entered).doesNotHaveDuplicates();
    }

    @Property(tries = 10_000)
    void egressIsBytesTimesThePriceOfEachLink(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count) {
        WeightRequest request = request(seed, count);

        WeightPlan plan = WeightPlanner.plan(request);

        double usd = plan.hops().stream()
                .mapToDouble(hop -> request.prices()
                        .usd(request.bytes(), hop.from().location(), hop.to().location()))
                .sum();
        assertThat(plan.egressUsd()).isCloseTo(usd, within(1e-9));
    }

    @Property(tries = 2_000)
    void noBusyMachineSends(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count) {
        WeightRequest request = request(seed, count);
        Set<String> busy = request.holders().stream()
                .filter(holder -> holder.role() == Holder.Role.PREFILL || holder.outgoing() > Holder.BUSY)
                .map(holder -> holder.peer().name())
                .collect(Collectors.toSet());

        WeightPlan plan = WeightPlanner.plan(request);

        assertThat(plan.hops()).noneMatch(hop -> busy.contains(hop.from().name()));
    }
}
