package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random instants. `-Dcrash.runs=500` kills more often, `-Dcrash.seed=N` at other instants.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
class RandomKillIT {
    private static final int RUNS = Integer.getInteger("crash.runs", 12);
    private static final long SEED = Long.getLong("crash.seed", 20_261_122L);
    private static final Duration LIMIT = Duration.ofMinutes(Integer.getInteger("crash.minutes", 60));

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void leavesNoOrphanNoDuplicateAndAReadableStateWheneverItIsKilled() throws Exception {
        System.out.println("Random kills: -Dcrash.seed=" + SEED + " -Dcrash.runs=" + RUNS);
        try (var scene = new Scene(directory)) {
            var kills = new Kills(scene, SEED);
            kills.run(RUNS, System.nanoTime() + LIMIT.toNanos());
            System.out.println(kills.summary());
            assertThat(kills.count()).isPositive();
        }
    }
}
