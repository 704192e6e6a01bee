package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class LatencyHistogramProperties {
    @Property(tries = 300)
    void histogramBucketsHoldTheirValuesWithinAnEighth(@ForAll @LongRange(min = 0) long v) {
        int bucket = LatencyHistogram.bucketOf(v);

        assertThat(LatencyHistogram.upperOf(bucket)).isGreaterThanOrEqualTo(v);
        assertThat(LatencyHistogram.upperOf(bucket) - v).isLessThanOrEqualTo(v / 8);
        assertThat(bucket == 0 || LatencyHistogram.upperOf(bucket - 1) < v).isTrue();
    }
}
