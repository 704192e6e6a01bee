package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationBlockTest {
    @TempDir
    private Path directory;

    private ServiceSpec service(String content) throws IOException {
        Path file = directory.resolve("main.hcl");
        Files.writeString(file, """
                service "chat" {
                  replica {
                    command = ["serve"]
                    port    = 8000
                  }
                  resources {
                    accelerators = ["L4:1", "A100-80GB:1"]
                    locations    = ["aws/us-east-1/*"]
                  }
                  %s
                }
                """.formatted(content));
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(file));
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec().orElseThrow().services().firstEntry().getValue();
    }

    @Test
    void takesAllAcceleratorsAsAlikeWithoutOne() throws IOException {
        assertThat(service("replicas = 2").allocation()).isEqualTo(new AllocationSpec.Any());
    }

    @Test
    void readsHowManyOfEachThereAre() throws IOException {
        ServiceSpec service = service("""
                allocation "fixed" {
                  replicas = { "A100-80GB" = 1, "L4:1" = 2 + 1 }
                }""");

        assertThat(service.allocation())
                .isEqualTo(new AllocationSpec.Fixed(
                        new TreeMap<>(Map.of(Accelerator.parse("A100-80GB:1"), 1, Accelerator.parse("L4:1"), 3))));
        assertThat(service.scaling()).isEqualTo(ScalingSpec.fixed(4));
    }

    @Test
    void letsItsChangesBeIgnored() throws IOException {
        ServiceSpec service = service("""
                allocation "fixed" {
                  replicas = { "L4:1" = 1 }
                }
                lifecycle {
                  ignore_changes = [allocation]
                }""");

        assertThat(service.ignoreChanges()).containsExactly("allocation");
    }
}
