package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void bytesWaitForTheirTimeOnTheLink() {
        TokenBucket bucket = new TokenBucket(8_000, 0, 0);

        assertThat(bucket.grant(500, 0)).isEqualTo(SECOND / 2);
        assertThat(bucket.grant(500, 0)).isEqualTo(SECOND);
    }

    @Test
    void idleTimeIsNoCreditBeyondTheBurst() {
        TokenBucket bucket = new TokenBucket(8_000, SECOND / 10, 0);

        assertThat(bucket.grant(500, 60 * SECOND)).isEqualTo(SECOND / 2 - SECOND / 10);
    }

    @Test
    void withoutARateNothingWaits() {
        TokenBucket bucket = new TokenBucket(Double.POSITIVE_INFINITY, 0, 0);

        assertThat(bucket.grant(Integer.MAX_VALUE, 5)).isZero();
    }
}
