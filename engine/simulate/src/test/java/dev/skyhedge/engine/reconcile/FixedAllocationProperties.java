package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What becomes of replicas on several accelerators while zones run dry.
class FixedAllocationProperties {
    private static final List<String> ACCELERATORS = List.of("A100:1", "H100:1", "L4:1");
    private static final List<String> ZONES = List.of("east-a", "east-b", "west-a");
    private static final Duration STORM = Duration.ofHours(2);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(40);

    /// Room for 0 to 2 in each zone and accelerator until the storm is over, then for everybody.
    ///
    /// @param dry accelerator of which there is no spot ever; any other text for none
    private record Stormy(long seed, String dry, List<MarketSeries> series) implements MarketTrace {
        @Override
        public int capacity(String key, Duration at) {
            if (key.contains(dry)) {
                return 0;
            }
            long step = at.dividedBy(STEP);
            return at.compareTo(STORM) >= 0
                    ? 100
                    : new SplittableRandom(seed * 31 + step * 7919 + key.hashCode()).nextInt(3);
        }

        @Override
        public Optional<HourlyPrice> price(String key, Duration at) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> nextChange(String key, Duration at) {
            return at.compareTo(STORM) >= 0 ? Optional.empty() : Optional.of(STEP.multipliedBy(at.dividedBy(STEP) + 1));
        }
    }

    private static Cloud cloud(long seed, String dry) {
        List<MarketSeries> series = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (int i = 0; i < ACCELERATORS.size(); i++) {
            for (String zone : ZONES) {
                String key = zone + "/" + ACCELERATORS.get(i);
                series.add(new MarketSeries(key, "region", zone, Optional.empty()));
                listings.add(new Listing(
                        "machine-" + i,
                        Accelerator.parse(ACCELERATORS.get(i)),
                        new Location("sim", "region", zone),
                        Optional.of(HourlyPrice.ofUsd("9.00")),
                        HourlyPrice.ofUsd("0." + (3 - i) + "1"),
                        Optional.of(key)));
            }
        }
        var description = new CloudDescription(
                "sim",
                listings,
                new Stormy(seed, dry, series),
                SimulatedClouds.START,
                SimulatedClouds.rules(),
                new SplittableRandom(seed));
        return new Cloud(description, VirtualMachines.withMadeUpAddresses(), new Ledger(), SimulatedClouds.START);
    }

    private static Declared chat(int... numbers) {
        Map<String, Integer> replicas = new TreeMap<>();
        for (int i = 0; i < numbers.length; i++) {
            replicas.put(ACCELERATORS.get(i), numbers[i]);
        }
        return Declared.service("chat").allocates(replicas);
    }

    private static long count(Collection<ReplicaRecord> replicas, String accelerator, Predicate<ReplicaRecord> which) {
        return replicas.stream()
                .filter(replica -> replica.offer().accelerator().toString().equals(accelerator))
                .filter(which)
                .count();
    }

    private static long ready(VirtualController controller, String accelerator, Market market) {
        return count(
                controller.replicas(Lifecycle.READY),
                accelerator,
                replica -> replica.offer().market() == market);
    }

    @Provide
    Arbitrary<String> droughts() {
        return Arbitraries.of("nothing", "A100", "H100", "L4");
    }

    /// Safety: whatever is refused or taken, as many as are wanted of each accelerator serve or are on their way.
    /// Liveness: once there is room, each is at its number and its spare, and what stood in is gone.
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void keepsEachAcceleratorAtItsNumberUnderRefusals(
            @ForAll long seed,
            @ForAll("droughts") String dry,
            @ForAll @IntRange(min = 1, max = 3) int a100,
            @ForAll @IntRange(max = 2) int h100,
            @ForAll @IntRange(min = 1, max = 4) int l4) {
        int[] numbers = {a100, h100, l4};
        var controller = new VirtualController(
                cloud(seed, dry), Declared.all(chat(numbers).spotHedge(1, true, 0)));
        controller.watch((world, _) -> {
            for (int i = 0; i < numbers.length; i++) {
                assertThat(count(
                                world.replicasOf("chat"),
                                ACCELERATORS.get(i),
                                replica -> replica.lifecycle().isRising()))
                        .as("%s at %s", ACCELERATORS.get(i), world.now())
                        .isGreaterThanOrEqualTo(world.offers().isEmpty() ? 0 : numbers[i]);
            }
        });

        controller.run(STORM.plus(LONG_ENOUGH));

        for (int i = 0; i < numbers.length; i++) {
            String accelerator = ACCELERATORS.get(i);
            boolean isDry = accelerator.contains(dry);
            int spares = numbers[i] == 0 ? 0 : 1;
            assertThat(ready(controller, accelerator, Market.SPOT))
                    .as("spot of %s", accelerator)
                    .isEqualTo(isDry ? 0 : numbers[i] + spares);
            assertThat(ready(controller, accelerator, Market.ON_DEMAND))
                    .as("on demand of %s", accelerator)
                    .isEqualTo(isDry ? numbers[i] : 0);
        }
    }

    /// Without stand-ins, an accelerator that nobody has takes nothing from the others.
    @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
    void letsNoAcceleratorWaitForOneThatIsSoldOut(@ForAll long seed) {
        var controller = new VirtualController(
                cloud(seed, "A100"), Declared.all(chat(3, 1, 2).spotHedge(1, false, 0)));

        controller.run(STORM.plus(LONG_ENOUGH));

        assertThat(ready(controller, "A100:1", Market.SPOT)).isZero();
        assertThat(ready(controller, "H100:1", Market.SPOT)).isEqualTo(2);
        assertThat(ready(controller, "L4:1", Market.SPOT)).isEqualTo(3);
    }

    /// Another allocation: what serves stays until what takes its place does.
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void changesFromOneAcceleratorToAnotherWithoutAGap(@ForAll long seed) {
        var controller = new VirtualController(
                cloud(seed, "nothing"), Declared.all(chat(0, 0, 4).with(new PlacementSpec.OnDemand())));
        controller.run(LONG_ENOUGH);
        controller.declare(Declared.all(chat(1, 0, 0).with(new PlacementSpec.OnDemand())));
        controller.watch((world, _) -> {
            List<ReplicaRecord> replicas = world.replicasOf("chat");
            boolean changed = count(replicas, "A100:1", ReplicaRecord::isServing) > 0;
            assertThat(changed || count(replicas, "L4:1", ReplicaRecord::isServing) == 4)
                    .isTrue();
        });

        controller.run(LONG_ENOUGH);

        assertThat(controller.replicas(Lifecycle.READY))
                .extracting(replica -> replica.offer().accelerator().toString())
                .containsExactly("A100:1");
    }
}
