package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.spi.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepBlockTest {
    @TempDir
    private Path directory;

    private SweepSpec sweep(int trials, String seed) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), """
                sweep "fit" {
                  deadline   = "10m"
                  max_trials = %d

                  metric {
                    name = "loss"
                    goal = "minimize"
                  }

                  space {
                    %s
                    param "lr"    { log_uniform = [0.001, 1] }
                    param "depth" { int_uniform = [2, 4] }
                    param "act"   { choice = ["relu", "tanh"] }
                    param "drop"  { uniform = [0.1, 0.2] }
                  }

                  scheduler "asha" {
                    max_t = 9
                  }

                  trial {
                    command        = ["train", "--lr=${param.lr}", "--width", param.depth * 2]
                    env            = { ACT = upper(param.act), DROP = param.drop }
                    checkpoint_dir = "/tmp/checkpoints"
                  }

                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["local/*/*"]
                    atoms        = 2
                    market       = "on_demand"
                  }
                }
                """.formatted(trials, seed));
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(directory));
        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEmpty();
        return Objects.requireNonNull(
                loaded.spec().orElseThrow().of(SweepSpec.class).get("fit"));
    }

    @Test
    void saysWhatRunsUntilWhenAndOnWhat() throws IOException {
        SweepSpec sweep = sweep(3, "");

        assertThat(sweep.address()).isEqualTo("sweep.fit");
        assertThat(sweep.deadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(sweep.metric()).isEqualTo(new SweepSpec.Metric("loss", false));
        assertThat(sweep.scheduler()).isEqualTo(new SweepSpec.Scheduler(SweepSpec.Rule.ASHA, 1, 9, 4));
        assertThat(sweep.rules())
                .isEqualTo(new SweepSpec.Rules("/tmp/checkpoints", Duration.ofSeconds(10), 2, Optional.empty()));
        assertThat(sweep.pool().atoms()).isEqualTo(2);
        assertThat(sweep.pool().market()).isEqualTo(Market.ON_DEMAND);
    }

    @Test
    void evaluatesTheTrialOnceForEachConfiguration() throws IOException {
        List<SweepSpec.Trial> trials = sweep(20, "").trials();

        assertThat(trials).hasSize(20).doesNotHaveDuplicates().allSatisfy(trial -> {
            Map<String, String> drawn = trial.parameters();
            double lr = Double.parseDouble(drawn.getOrDefault("lr", ""));
            int depth = Integer.parseInt(drawn.getOrDefault("depth", ""));
            assertThat(lr).isBetween(0.001, 1.0);
            assertThat(depth).isBetween(2, 4);
            assertThat(trial.replica().command())
                    .containsExactly("train", "--lr=" + drawn.get("lr"), "--width", String.valueOf(2 * depth));
            assertThat(trial.replica().env().get("ACT")).isIn(new EnvValue.Plain("RELU"), new EnvValue.Plain("TANH"));
        });
        assertThat(trials).extracting(trial -> trial.parameters().get("depth")).containsAll(Set.of("2", "3", "4"));
    }

    @Test
    void moreTrialsLeaveTheFirstOnesAsTheyAre() throws IOException {
        assertThat(sweep(20, "").trials().subList(0, 5)).isEqualTo(sweep(5, "").trials());
    }

    @Test
    void anotherSeedDrawsOthers() throws IOException {
        assertThat(sweep(5, "seed = 2").trials())
                .doesNotContainAnyElementsOf(sweep(5, "seed = 1").trials());
    }
}
