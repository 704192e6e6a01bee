package dev.skyhedge.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SessionsProperties {
    @Property(tries = 200)
    void aTargetThatGoesMovesOnlyItsOwnKeys(
            @ForAll @IntRange(min = 2, max = 20) int size, @ForAll @IntRange(max = 19) int gone, @ForAll long seed) {
        Fleet all = Fleet.idle(size);
        Fleet rest = Fleet.idle(size);
        int without = gone % size;
        rest.open()[without] = false;
        var keys = new Random(seed);

        for (int i = 0; i < 100; i++) {
            long key = keys.nextLong();
            int before = Sessions.choose(all, key, false);
            int after = Sessions.choose(rest, key, false);
            assertThat(after).isNotEqualTo(without);
            if (before != without) {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Property(tries = 200)
    void nobodyGetsMoreThanTheBound(@ForAll @IntRange(min = 1, max = 20) int size, @ForAll long key) {
        Fleet fleet = Fleet.idle(size);

        for (int i = 0; i < 300; i++) {
            // One hot session: all would go to one target.
            fleet.loads()[Sessions.choose(fleet, key, false)]++;
            double bound = Math.max(1.25 * fleet.mean(), fleet.mean() + 2);
            assertThat((double) fleet.max()).isLessThanOrEqualTo(bound + 1);
        }
    }

    @Property(tries = 200)
    void aStrictSessionStaysHoweverLoadedItsTargetIs(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1_000) Integer> loads, @ForAll long key) {
        int alone = Sessions.choose(Fleet.idle(loads.size()), key, true);

        assertThat(Sessions.choose(Fleet.loaded(loads), key, true)).isEqualTo(alone);
    }

    @Property(tries = 200)
    void takesOneThatMayTakeItIfThereIsOne(
            @ForAll @Size(min = 1, max = 20) List<Boolean> open, @ForAll long key, @ForAll boolean strict) {
        Fleet fleet = Fleet.idle(open.size());
        for (int i = 0; i < open.size(); i++) {
            fleet.open()[i] = open.get(i);
        }

        int chosen = Sessions.choose(fleet, key, strict);

        assertThat(chosen >= 0 && open.get(chosen)).isEqualTo(open.contains(true));
    }

    @Property(tries = 100)
    void aRequestWithoutASessionGoesToTheLeastLoaded(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 50) Integer> loads) {
        Fleet fleet = Fleet.loaded(loads);
        var chooser = new Chooser(Policy.STRICT_SESSION, fleet.weights());

        assertThat(loads.get(chooser.choose(fleet)))
                .isEqualTo(loads.stream().min(Integer::compare).orElseThrow());
    }

    @Property(tries = 20)
    void keysAreSharedByWeight(@ForAll long seed) {
        Fleet fleet = Fleet.idle(2);
        fleet.weights()[1] = 3;
        var keys = new Random(seed);
        int heavy = 0;

        for (int i = 0; i < 4_000; i++) {
            heavy += Sessions.choose(fleet, keys.nextLong(), true);
        }

        assertThat(heavy / 4_000.0).isCloseTo(0.75, within(0.05));
    }
}
