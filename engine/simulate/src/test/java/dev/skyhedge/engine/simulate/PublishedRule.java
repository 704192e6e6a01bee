package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// SpotHedge as the paper's simulation computes it, written down once more, in its own terms and from its own
/// text: zones active or preempting, wanted and held counts. It follows a run of ours and says whether each
/// launch is one that the published rule could have made, and whether everything that it does not leave to
/// chance is the same.
final class PublishedRule {
    private final Run run;
    private final int zones;
    private final int target;
    private final int spares;
    private final int coldStart;
    private final Set<Integer> active = new HashSet<>();
    private int[] last;

    PublishedRule(Run run, int spares) {
        this.run = run;
        this.zones = run.window().zones().size();
        this.target = run.protocol().target();
        this.spares = spares;
        this.coldStart = run.protocol().coldStartTicks();
        this.last = new int[zones];
        activateAll();
    }

    private void activateAll() {
        for (int zone = 0; zone < zones; zone++) {
            active.add(zone);
        }
    }

    void check() {
        for (int t = 0; t < run.timeline().ticks(); t++) {
            int missing = target + spares - readySpot(t - 1);
            assertThat(run.timeline().onDemandHeld().at(t))
                    .as("on-demand at tick %d", t)
                    .isEqualTo(missing > 0 ? Math.min(target, missing) : 0);
            learn(t);
            int[] want = want(t);
            for (int zone = 0; zone < zones; zone++) {
                assertThat(run.timeline().spotHeld().get(zone).at(t))
                        .as("zone %d at tick %d", zone, t)
                        .isEqualTo(Math.min(want[zone], run.window().capacity(zone, t)));
            }
            last = want;
        }
    }

    private void learn(int t) {
        for (int zone = 0; t > 0 && zone < zones; zone++) {
            int held = held(zone, t - 1);
            if (last[zone] > held) {
                active.remove(zone);
            } else if (last[zone] > 0) {
                active.add(zone);
            }
        }
        if (active.size() <= Math.max(0, Math.min(1, zones - 3))) {
            activateAll();
        }
    }

    /// What is wanted, with the zones that the run chose, each checked against the rule's choices.
    private int[] want(int t) {
        int[] want = new int[zones];
        int sum = 0;
        for (int zone = 0; zone < zones; zone++) {
            want[zone] = t == 0 ? 0 : held(zone, t - 1);
            sum += want[zone];
        }
        List<Integer> launched = launched(t);
        assertThat(launched).as("launches at tick %d", t).hasSize(Math.max(0, target + spares - sum));
        for (int zone : launched) {
            List<Integer> choices = new ArrayList<>();
            for (int candidate : active) {
                if (want[candidate] == 0) {
                    choices.add(candidate);
                }
            }
            assertThat(choices.isEmpty() ? active : choices)
                    .as("choices at tick %d", t)
                    .contains(zone);
            want[zone]++;
        }
        return want;
    }

    /// Zones of the spot launches of a tick, refused ones included, in the order in which they were decided.
    private List<Integer> launched(int t) {
        List<Location> names = run.window().zones();
        return run.occurrences().stream()
                .filter(one -> one.tick() == t && one.market() == Market.SPOT)
                .filter(one -> one.kind() == Occurrence.Kind.LAUNCHED || one.kind() == Occurrence.Kind.REFUSED)
                .map(one -> names.indexOf(one.location()))
                .toList();
    }

    private int readySpot(int t) {
        int ready = 0;
        for (int zone = 0; t >= coldStart && zone < zones; zone++) {
            int least = Integer.MAX_VALUE;
            for (int sample = t - coldStart; sample <= t; sample++) {
                least = Math.min(least, held(zone, sample));
            }
            ready += least;
        }
        return ready;
    }

    private int held(int zone, int t) {
        return run.timeline().spotHeld().get(zone).at(t);
    }
}
