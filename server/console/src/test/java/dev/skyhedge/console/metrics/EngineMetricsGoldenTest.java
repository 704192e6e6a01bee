package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineMetricsGoldenTest {
    private static final Path GOLDEN =
            Path.of("src/test/resources/dev/skyhedge/console/metrics/preemption-and-replacement.txt");

    @Test
    void writesAPreemptionAndItsReplacement() throws IOException {
        String text = Exposition.text(List.of(preemptionAndReplacement().snapshots()));

        PrometheusText.parse(text);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    private static EngineMetrics preemptionAndReplacement() {
        Story story = Story.begun().wants(2);
        story.spends(Kind.RENTED_SPOT, "chat-1#1", "0.36", Story.START, Optional.empty());
        story.spends(Kind.ALL_ON_DEMAND, "all", "2.4", Story.START, Optional.empty());
        ReplicaRecord first = story.ready("chat-1", 2);
        ReplicaRecord second = story.ready("chat-2", 2);
        story.after(Duration.ofSeconds(30));
        story.isNoticed(first);
        ReplicaRecord refused = story.launches("chat-3", 1, Market.ON_DEMAND);
        story.step(2, 1);
        story.moves(refused.refused("quota"), Lifecycle.FAILED, "no more L4 for this account");
        story.moves(second, Lifecycle.FAILED, "the command exited");
        story.launches("chat-3", 2, Market.SPOT);
        story.step(2, 0);
        story.metrics().providerFailed("aws", new Failure.Throttled(Duration.ofSeconds(1), "slow down"));
        return story.metrics();
    }
}
