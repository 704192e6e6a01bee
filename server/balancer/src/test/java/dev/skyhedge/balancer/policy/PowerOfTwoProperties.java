package dev.skyhedge.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PowerOfTwoProperties {
    @Property(tries = 300)
    void neverTakesTheMostLoadedOfSeveral(
            @ForAll @Size(min = 2, max = 20) List<@IntRange(max = 50) Integer> loads, @ForAll long random) {
        int most = loads.stream().max(Integer::compare).orElseThrow();
        long asLoaded = loads.stream().filter(load -> load == most).count();

        int chosen = PowerOfTwo.choose(Fleet.loaded(loads), random);

        assertThat(loads.get(chosen) < most || asLoaded > 1).isTrue();
    }

    @Property(tries = 50)
    void drawsEveryTargetAsOften(@ForAll @IntRange(min = 1, max = 10) int size, @ForAll long seed) {
        Fleet idle = Fleet.idle(size);
        var random = new Random(seed);
        int[] chosen = new int[size];

        for (int i = 0; i < 2_000; i++) {
            chosen[PowerOfTwo.draw(idle, random.nextLong())]++;
        }

        double fair = 2_000.0 / size;
        assertThat(Arrays.stream(chosen))
                .allSatisfy(count -> assertThat((double) count).isBetween(fair / 2, fair * 2));
    }

    @Property(tries = 50)
    void keepsLongRequestsNearlyEven(@ForAll @IntRange(min = 2, max = 20) int size, @ForAll long seed) {
        Fleet fleet = Fleet.idle(size);
        var random = new Random(seed);

        for (int i = 0; i < 50 * size; i++) {
            fleet.loads()[PowerOfTwo.choose(fleet, random.nextLong())]++;
        }

        // Two choices leave a gap of log log n; one choice would leave one of about 25 here.
        assertThat(fleet.max() - fleet.mean()).isLessThanOrEqualTo(6);
    }

    @Property(tries = 200)
    void takesOneThatMayTakeItIfThereIsOne(@ForAll @Size(min = 1, max = 20) List<Boolean> open, @ForAll long random) {
        Fleet fleet = Fleet.idle(open.size());
        for (int i = 0; i < open.size(); i++) {
            fleet.open()[i] = open.get(i);
        }

        int chosen = PowerOfTwo.choose(fleet, random);

        assertThat(chosen >= 0 && open.get(chosen)).isEqualTo(open.contains(true));
    }
}
