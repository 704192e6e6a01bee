package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementNameTest {
    @Test
    void namesTheDefaultThatNoSpecNames(@TempDir Path directory) throws IOException {
        Path spec = Files.writeString(directory.resolve("chat.hcl"), """
                service "chat" {
                  replica {
                    command = ["serve"]
                    port    = 8000
                  }
                  resources {
                    accelerators = ["L4:1"]
                    locations    = ["aws/*/*"]
                  }
                }
                """);
        var service = SpecLoader.load(SpecRequest.of(spec))
                .spec()
                .orElseThrow()
                .services()
                .firstEntry()
                .getValue();

        assertThat(PlacementName.of(Samples.service("chat", SpecJson.of(service), 1)))
                .contains(PlacementSpec.DEFAULT.policy());
        assertThat(PlacementName.of(Samples.service("lamp", "{}", 1))).isEmpty();
    }
}
