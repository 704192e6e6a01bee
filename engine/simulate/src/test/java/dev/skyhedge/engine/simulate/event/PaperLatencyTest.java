package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.Counts;
import dev.skyhedge.engine.simulate.MarketWindow;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.engine.simulate.PaperRun;
import dev.skyhedge.engine.simulate.Run;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Location;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperLatencyTest {
    private static final PaperProtocol PROTOCOL = PaperProtocol.DEFAULT;
    private static final Location ZONE = new Location("sim", "us-east-1", "us-east-1a");

    @Test
    void threeReplicasAnswerThreeClientsInTime() {
        PaperLatency latency = PaperLatency.of(run(Counts.constant(10, PROTOCOL.ticks())), 1);

        // 0.15/s for a day without its first two minutes, five standard errors.
        assertThat(latency.requests()).isBetween(12_360L, 13_520L);
        assertThat(latency.failed()).isLessThan(20);
        // Three M/M/1 queues with load one half have a mean of 20 s; taking turns smooths their arrivals.
        assertThat(latency.latency().mean()).isBetween(13.0, 18.0);
    }

    @Test
    void whoeverFindsNoReplicaCountsAsTheTimeout() {
        int half = PROTOCOL.ticks() / 2;
        int[] capacity = new int[PROTOCOL.ticks()];
        Arrays.fill(capacity, 0, half, 10);

        PaperLatency latency = PaperLatency.of(run(Counts.of(capacity)), 1);

        assertThat(latency.failed()).isBetween(latency.requests() * 45 / 100, latency.requests() * 55 / 100);
        assertThat(latency.latency().p90()).isBetween(99.5, 100.5);
    }

    @Test
    void theSameSeedSendsTheSameRequests() {
        Run run = run(Counts.constant(10, PROTOCOL.ticks()));

        assertThat(PaperLatency.of(run, 5)).isEqualTo(PaperLatency.of(run, 5));
        assertThat(PaperLatency.of(run, 5)).isNotEqualTo(PaperLatency.of(run, 6));
    }

    private static Run run(Counts capacity) {
        var window = new MarketWindow(0, PROTOCOL.tick(), List.of(ZONE), List.of(capacity));
        return PaperRun.of(Scenes.chat().with(new PlacementSpec.EvenSpread()).spec(), window, PROTOCOL, 1);
    }
}
