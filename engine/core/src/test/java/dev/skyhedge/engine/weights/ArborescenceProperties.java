package dev.skyhedge.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ArborescenceProperties {
    private static final int NODES = 5;

    @Property(tries = 10_000)
    void isAsCheapAsTheBestOfAllTrees(@ForAll @Size(NODES * NODES) List<@IntRange(min = 0, max = 9) Integer> costs) {
        double[][] cost = new double[NODES][NODES];
        for (int i = 0; i < NODES * NODES; i++) {
            cost[i / NODES][i % NODES] = costs.get(i);
        }

        int[] parents = Arborescence.parents(cost, NODES - 1);

        assertThat(isTree(parents)).isTrue();
        assertThat(total(cost, parents)).isCloseTo(best(cost), within(1e-9));
    }

    private static double best(double[][] cost) {
        double best = Double.POSITIVE_INFINITY;
        int[] parents = new int[NODES];
        parents[NODES - 1] = -1;
        for (int code = 0; code < Math.pow(NODES, NODES - 1); code++) {
            int rest = code;
            for (int node = 0; node < NODES - 1; node++) {
                parents[node] = rest % NODES;
                rest /= NODES;
            }
            if (isTree(parents)) {
                best = Math.min(best, total(cost, parents));
            }
        }
        return best;
    }

    private static boolean isTree(int[] parents) {
        for (int start = 0; start < NODES - 1; start++) {
            int node = start;
            for (int steps = 0; node != NODES - 1; steps++) {
                if (steps > NODES) {
                    return false;
                }
                node = parents[node];
            }
        }
        return true;
    }

    private static double total(double[][] cost, int[] parents) {
        double total = 0;
        for (int node = 0; node < NODES - 1; node++) {
            total += cost[parents[node]][node];
        }
        return total;
    }
}
