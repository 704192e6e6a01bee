package dev.skyhedge.providers.cloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final VirtualTime time = new VirtualTime();
    private final TokenBucket bucket = new TokenBucket(new CallRate(10, 2), time);

    @Test
    void letsABurstPassAndSpacesTheRest() {
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void fillsUpAgainButNeverAboveTheBurst() {
        bucket.take();
        bucket.take();
        time.pass(Duration.ofHours(1));

        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void halvesItsRateWhenThrottledAndRestoresATenthASecond() {
        bucket.throttled();
        bucket.throttled();
        assertThat(bucket.share()).isEqualTo(0.25);

        time.pass(Duration.ofSeconds(5));
        assertThat(bucket.share()).isEqualTo(0.75);

        time.pass(Duration.ofSeconds(5));
        assertThat(bucket.share()).isEqualTo(1);
    }

    @Test
    void waitsTwiceAsLongAtHalfTheRate() {
        bucket.throttled();

        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(200));
    }
}
