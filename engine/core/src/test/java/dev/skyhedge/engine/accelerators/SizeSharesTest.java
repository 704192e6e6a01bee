package dev.skyhedge.engine.accelerators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.spi.Accelerator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SizeSharesTest {
    private static final Bucket SMALL = new Bucket(100, 100);
    private static final Bucket LARGE = new Bucket(8000, 500);
    private static final Accelerator L4 = Accelerator.parse("L4:1");
    private static final Accelerator A100 = Accelerator.parse("A100:1");
    private static final Profile PROFILE = new Profile(new TreeMap<>(Map.of(
            L4, new TreeMap<>(Map.of(SMALL, 2.0, LARGE, 0.0)), A100, new TreeMap<>(Map.of(SMALL, 8.0, LARGE, 1.0)))));
    private static final SortedMap<Accelerator, Double> PRICES = new TreeMap<>(Map.of(L4, 0.7, A100, 3.67));

    private static SortedMap<Bucket, SortedMap<Accelerator, Double>> shares(
            Map<Accelerator, Integer> replicas, double small, double large, double busy) {
        return new SizeShares(PROFILE, new TreeMap<>(replicas), PRICES)
                .of(List.of(SMALL, LARGE), new RequestRates(new TreeMap<>(Map.of(SMALL, small, LARGE, large))), busy);
    }

    private static SortedMap<Accelerator, Double> of(
            SortedMap<Bucket, SortedMap<Accelerator, Double>> shares, Bucket size) {
        return Objects.requireNonNull(shares.get(size));
    }

    @Test
    void eachSizeGoesWhereItIsCheapest() {
        assertThat(shares(Map.of(L4, 2, A100, 1), 3, 0.5, 0.9))
                .isEqualTo(Map.of(SMALL, Map.of(L4, 1.0), LARGE, Map.of(A100, 1.0)));
    }

    @Test
    void whatDoesNotFitThereGoesElsewhere() {
        var shares = shares(Map.of(L4, 1, A100, 1), 4, 0.5, 1);

        assertThat(of(shares, SMALL).get(L4)).isEqualTo(0.5, within(1e-9));
        assertThat(of(shares, SMALL).get(A100)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void allBecomeBusierAlikeWhereThereIsTooMuch() {
        var shares = shares(Map.of(L4, 1, A100, 1), 40, 4, 0.9);

        shares.values()
                .forEach(share -> assertThat(share.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                        .isEqualTo(1, within(1e-6)));
        assertThat(shares.get(SMALL)).containsOnlyKeys(L4, A100);
    }

    @Test
    void aSizeThatNobodyServesHasNoShares() {
        assertThat(shares(Map.of(L4, 1), 1, 1, 0.9)).containsOnlyKeys(SMALL);
    }

    @Test
    void aSizeWithoutRequestsYetIsSharedToo() {
        assertThat(shares(Map.of(L4, 1, A100, 1), 0, 0, 0.9)).containsOnlyKeys(SMALL, LARGE);
    }
}
