package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.spi.HourlyPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesBlockTest {
    @TempDir
    private Path directory;

    private LoadedSpec load(String content) throws IOException {
        Path file = directory.resolve("main.hcl");
        Files.writeString(file, """
                service "chat" {
                  replica {
                    command = ["serve"]
                    port    = 8000
                  }
                  resources {
                    accelerators = ["L4:1"]
                    locations    = ["aws/us-east-1/*"]
                    %s
                  }
                }
                """.formatted(content));
        return SpecLoader.load(SpecRequest.of(file));
    }

    private ResourcesSpec resources(String content) throws IOException {
        LoadedSpec loaded = load(content);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec().orElseThrow().services().firstEntry().getValue().resources();
    }

    @Test
    void permitsAnyPriceWithoutALimit() throws IOException {
        assertThat(resources("").maxPrice()).isEmpty();
    }

    @Test
    void readsWhatAReplicaMayCost() throws IOException {
        assertThat(resources("max_price = 0.3125").maxPrice()).contains(HourlyPrice.ofUsd("0.3125"));
    }

    @Test
    void takesAPriceThatNothingCostsAsOne() throws IOException {
        assertThat(resources("max_price = 1e40").maxPrice()).contains(HourlyPrice.ofUsd("1000000"));
    }

    @Test
    void refusesAPriceThatIsNone() throws IOException {
        assertThat(load("max_price = 0").diagnostics())
                .singleElement()
                .extracting(Diagnostic::detail)
                .asString()
                .contains("max_price");
    }
}
