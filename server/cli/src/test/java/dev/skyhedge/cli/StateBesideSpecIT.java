package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a state is looked for by commands that are not told.
class StateBesideSpecIT {
    @TempDir
    private Path here;

    private Path specs;

    @BeforeEach
    void declare() throws IOException {
        specs = Files.createDirectory(here.resolve("specs"));
        Files.writeString(specs.resolve("two.hcl"), """
                service "web" {
                  replica {
                    command = ["true"]
                    port    = 80
                  }
                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["local/*/*"]
                  }
                }
                output "ready" { value = service.web.ready_replicas }
                """);
    }

    private Background run(Path directory, String... arguments) {
        return Background.startWithoutState(directory, arguments);
    }

    private void makeState(Path directory) throws InterruptedException {
        try (var adopt = run(here, "state", "adopt", "1b671a64-40d5-491e-99b0-da01ff1f3341", "-state=" + directory)) {
            assertThat(adopt.awaitExit()).as(adopt.printed()).isZero();
        }
    }

    @Test
    void theStateBesideTheSpecIsTheOneThatIsOpened() throws IOException, InterruptedException {
        Path beside = Files.createDirectory(specs.resolve(".skyhedge"));
        Files.writeString(beside.resolve("state.mv.db"), "no state");

        try (var output = run(here, "output", "specs/two.hcl")) {
            assertThat(output.awaitExit()).isEqualTo(1);
            output.awaitPrinted(specs.resolve(".skyhedge").toString());
        }
        assertThat(here.resolve(".skyhedge")).doesNotExist();
    }

    @Test
    void aStateOfTheCurrentDirectoryIsNotPassedOverInSilence() throws InterruptedException {
        makeState(here.resolve(".skyhedge"));

        try (var output = run(here, "output", "specs/two.hcl");
                var chosen = run(here, "output", "specs/two.hcl", "-state=.skyhedge")) {
            assertThat(output.awaitExit()).isEqualTo(1);
            output.awaitPrinted("Which state is meant?");
            output.awaitPrinted("-state=.skyhedge goes on with it");
            output.awaitPrinted("-state=specs/.skyhedge begins one");
            assertThat(chosen.awaitExit()).as(chosen.printed()).isZero();
        }
        assertThat(specs.resolve(".skyhedge")).doesNotExist();
    }

    @Test
    void commandsWithoutASpecSayWhereTheyLooked() throws InterruptedException {
        makeState(here.resolve(".skyhedge"));

        try (var status = run(specs, "status");
                var unlock = run(specs, "force-unlock", "1")) {
            assertThat(status.awaitExit()).isZero();
            status.awaitPrinted("there is no state in " + specs.resolve(".skyhedge"));
            assertThat(unlock.awaitExit()).isEqualTo(1);
            unlock.awaitPrinted("There is none in " + specs.resolve(".skyhedge"));
        }
        assertThat(specs.resolve(".skyhedge")).doesNotExist();
    }
}
