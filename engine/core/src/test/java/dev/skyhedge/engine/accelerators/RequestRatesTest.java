package dev.skyhedge.engine.accelerators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestRatesTest {
    private static final Ticks TICKS = new Ticks(List.of(25, 100), List.of(25));

    @Test
    void aRequestBelongsToTheSmallestTickThatHoldsIt() {
        assertThat(TICKS.bucket(25, 1)).isEqualTo(new Bucket(25, 25));
        assertThat(TICKS.bucket(26, 1)).isEqualTo(new Bucket(100, 25));
    }

    @Test
    void aRequestLongerThanAllTicksBelongsToTheLast() {
        assertThat(TICKS.bucket(5000, 5000)).isEqualTo(new Bucket(100, 25));
    }

    @Test
    void aDistributionIsSharedOutWithHeadroom() {
        RequestRates rates = RequestRates.of(Map.of(new Bucket(25, 25), 1, new Bucket(100, 25), 3), 8, 0.1);

        assertThat(rates.total()).isCloseTo(8.8, within(1e-12));
        assertThat(rates.perSecond().get(new Bucket(25, 25))).isCloseTo(2.2, within(1e-12));
    }

    @Test
    void bucketsWithoutRequestsAreNotThere() {
        assertThat(RequestRates.of(Map.of(new Bucket(25, 25), 1, new Bucket(100, 25), 0), 1, 0)
                        .perSecond())
                .containsOnlyKeys(new Bucket(25, 25));
    }
}
