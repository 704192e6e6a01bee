package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sweep as a user has it: trials are processes in a cloud in a box.
class SweepIT {
    /// Counts, and names a checkpoint each time. If the process of an earlier run of the same trial still lives, it
    /// says so in a file.
    private static final String TRAINER = """
            mkdir -p "$SKYHEDGE_CHECKPOINT_DIR"
            cd "$SKYHEDGE_CHECKPOINT_DIR"
            if [ -f pid ] && kill -0 "$(cat pid)" 2>/dev/null; then echo "$SKYHEDGE_TRIAL_ID" > twice; fi
            echo $$ > pid
            n=0
            if [ -n "$SKYHEDGE_RESUME_FROM" ]; then n=$(cat "$SKYHEDGE_RESUME_FROM"); fi
            while true; do
              n=$((n + 1))
              echo $n > "at-$n"
              printf '{"iteration":%d,"metrics":{"accuracy":%s},"checkpoint":"%s"}\\n' $n "$1" "$PWD/at-$n"
              sleep 0.3
            done
            """;

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void choose() throws IOException {
        site = new Site(directory);
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    private void declare(String deadline) throws IOException {
        Files.writeString(directory.resolve("train.sh"), TRAINER);
        site.write("""
                provider "local" {
                  regions        = { east = ["east-a", "east-b"] }
                  instance_types = { small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 } }
                }

                sweep "fit" {
                  deadline   = "%s"
                  max_trials = 2

                  metric {
                    name = "accuracy"
                  }

                  space {
                    seed = 1
                    param "rate" {
                      uniform = [0.1, 0.9]
                    }
                  }

                  scheduler "random" {
                    max_t = 5000
                  }

                  trial {
                    command        = ["sh", "%s", param.rate]
                    checkpoint_dir = "%s"
                    grace          = "1s"
                  }

                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["local/*/*"]
                    atoms        = 2
                    market       = "spot"
                  }
                }
                """.formatted(
                        deadline,
                        directory.resolve("train.sh").toAbsolutePath(),
                        checkpoints().toAbsolutePath()));
    }

    private Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    /// How many trials have written that file.
    private long having(String file) {
        if (!Files.exists(checkpoints())) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(checkpoints())) {
            return files.filter(found -> found.endsWith(file)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitBothTrialsAt(int iteration, Background watch) {
        watch.await("both trials at " + iteration, () -> having("at-" + iteration) == 2);
    }

    @Test
    void aWatchThatIsKilledLeavesItsTrialsToTheNextOneAndAllEndsAtTheDeadline() throws Exception {
        declare("25s");
        Background first = site.watch();
        awaitBothTrialsAt(3, first);
        first.signal("KILL");
        first.awaitExit();

        Background second = site.watch();
        awaitBothTrialsAt(12, second);
        Background plan = site.start("plan", "web.hcl");
        assertThat(plan.awaitExit()).isZero();
        assertThat(plan.printed()).contains("best so far: trial ").doesNotContain("another version");
        second.await("the end of all trials", () -> site.live() == 0);

        assertThat(site.everRented()).as("nobody began a trial again").isEqualTo(2);
        assertThat(having("twice")).isZero();
        Background status = site.start("status");
        assertThat(status.awaitExit()).isZero();
        assertThat(status.printed())
                .containsPattern("(?m)^fit +ENDED ")
                .containsPattern("(?m)^fit 1 .*PAUSED +\\d\\d+ ")
                .containsPattern("(?m)^Best: trial [12] with 0\\.\\d+, in .*/at-\\d+$");
    }
}
