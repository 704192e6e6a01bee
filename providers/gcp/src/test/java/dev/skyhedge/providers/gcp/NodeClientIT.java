package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.gcp.fake.ComputeFake;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Google's client for another language drives the fake. Needs a directory with
/// `node_modules/@google-cloud/compute` (`npm install @google-cloud/compute@4`) in the property `gcp.node`.
@EnabledIfSystemProperty(named = "gcp.node", matches = ".+")
class NodeClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void launchesListsAndDeletes() throws Exception {
        Path directory = Path.of(System.getProperty("gcp.node"));
        Path script = directory.resolve("drive-fake.cjs");
        try (InputStream source = NodeClientIT.class.getResourceAsStream("drive-fake.cjs")) {
            Files.write(script, requireSource(source));
        }
        FakeRules rules = new FakeRules(
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofMinutes(60),
                0);
        try (ComputeFake fake = new ComputeFake(FakeGeography.small(), rules, InstantSource.system())) {
            Process node = new ProcessBuilder("node", script.toString(), fake.endpoint(), ComputeFake.PROJECT)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .contains("inserted DONE")
                    .contains("listed sh-node SPOT")
                    .contains("refused 3 ")
                    .contains("deleted 5");
            assertThat(fake.cloud().created()).isEqualTo(1);
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private static byte[] requireSource(InputStream source) throws IOException {
        if (source == null) {
            throw new IOException("drive-fake.cjs is missing");
        }
        return source.readAllBytes();
    }
}
