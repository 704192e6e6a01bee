package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.EndCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconcilerMetricsTest {
    private final MeteredReconciler world = new MeteredReconciler(3);

    @Test
    void followsAServiceUntilItServes() {
        assertThat(world.metrics().missing()).isEmpty();
        assertThat(world.metrics().readyLag().count()).isEqualTo(3);
        assertThat(world.text().value("skyhedge_replicas_serving{service=\"chat\"}"))
                .isEqualTo(3);
        assertThat(world.text().value("skyhedge_replicas_wanted{service=\"chat\"}"))
                .isEqualTo(3);
        assertThat(world.text().value("skyhedge_launches_total{market=\"spot\",service=\"chat\"}"))
                .isEqualTo(3);
        assertThat(world.metrics().replacementLag().count()).isZero();
    }

    @Test
    void timesTheReplacementOfAReplicaWithANoticeOnce() {
        world.noticeFor("chat-1");

        assertThat(world.metrics().replacementLag())
                .isEqualTo(new LagReport(1, Duration.ofMillis(2), Duration.ofMillis(2), Duration.ofMillis(2)));
        assertThat(preemptions()).isEqualTo(1);
        assertThat(world.text().value("skyhedge_replicas_serving{service=\"chat\"}"))
                .isEqualTo(3);
    }

    @Test
    void timesTheReplacementOfAReplicaThatWasTakenWithoutNotice() {
        world.end("chat-2", EndCause.PREEMPTED);

        assertThat(world.metrics().replacementLag().count()).isEqualTo(1);
        assertThat(preemptions()).isEqualTo(1);
    }

    @Test
    void timesTheReplacementOfAReplicaThatExitedApart() {
        world.end("chat-2", EndCause.EXITED);

        assertThat(world.metrics().failureLag().count()).isEqualTo(1);
        assertThat(world.metrics().replacementLag().count()).isZero();
        assertThat(preemptions()).isZero();
    }

    @Test
    void timesNoReplacementWhenTheSpecChanges() {
        world.wants(1);
        world.wants(4);

        assertThat(world.metrics().replacementLag().count()).isZero();
        assertThat(world.text().value("skyhedge_replicas_serving{service=\"chat\"}"))
                .isEqualTo(4);
    }

    private double preemptions() {
        return world.text().series().stream()
                .filter(series -> series.startsWith("skyhedge_preemptions_total"))
                .mapToDouble(world.text()::value)
                .sum();
    }
}
