package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that would be others at each plan.
class TimedReplicasTest {
    @TempDir
    private Path directory;

    private List<Diagnostic> diagnostics(String env, String more) throws IOException {
        String text = """
                service "chat" {
                  replicas = 1
                  replica {
                    command = ["serve"]
                    port    = 8000
                    env     = { AT = %s }
                  }
                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["local/*/*"]
                  }
                  %s
                }
                """.formatted(env, more);
        Files.writeString(directory.resolve("main.hcl"), text);
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(directory).at(Instant.parse("2026-11-22T10:00:00Z")));
        assertThat(loaded.spec()).as(loaded.diagnostics()::toString).isPresent();
        return loaded.diagnostics();
    }

    @Test
    void areWarnedOfAtTheirAttribute() throws IOException {
        assertThat(diagnostics("plantimestamp()", "")).singleElement().satisfies(warning -> {
            assertThat(warning.isError()).isFalse();
            assertThat(warning.summary()).isEqualTo("Replicas depend on the time of the plan");
            assertThat(warning.detail()).startsWith("replica.env of service.chat depends on plantimestamp()");
            assertThat(warning.subject().orElseThrow().start().line()).isEqualTo(6);
        });
    }

    @Test
    void areFoundThroughWhateverTheTimeIsMadeInto() throws IOException {
        assertThat(diagnostics("formatdate(\"YYYY\", plantimestamp())", "")).hasSize(1);
    }

    @Test
    void areNoneWhenTheTimeMakesNoDifference() throws IOException {
        assertThat(diagnostics("timecmp(plantimestamp(), \"2020-01-01T00:00:00Z\") > 0 ? \"new\" : \"old\"", ""))
                .isEmpty();
    }

    @Test
    void areNoneWhenTheirChangesAreIgnored() throws IOException {
        assertThat(diagnostics("plantimestamp()", "lifecycle {\n ignore_changes = [replica.env]\n }"))
                .isEmpty();
        assertThat(diagnostics("plantimestamp()", "lifecycle {\n ignore_changes = all\n }"))
                .isEmpty();
    }
}
