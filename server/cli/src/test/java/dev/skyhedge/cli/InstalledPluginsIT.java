package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.watch.installation.InstalledPlugins;
import dev.skyhedge.watch.installation.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugins of the distribution, each in its own class loader, all in one process.
class InstalledPluginsIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("skyhedge.distribution", "target/skyhedge"))
            .toAbsolutePath();
    private static final Map<String, String> SDKS = Map.of(
            "aws", "software.amazon.awssdk.",
            "gcp", "com.google.cloud.",
            "azure", "com.azure.",
            "kubernetes", "io.fabric8.");
    /// What a provider does not open without.
    private static final Map<String, String> REQUIRED = Map.of(
            "gcp", "project = \"example\"",
            "azure", """
                subscription = "00000000-0000-0000-0000-000000000000"
                ssh_key      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample"
                """,
            "kubernetes", """
                pools = { l4 = { accelerator = "L4:1", node_selector = { pool = "l4" }, price = 0.7 } }
                """);
    private static final long PATIENCE_SECONDS = 25;

    @TempDir
    private Path directory;

    /// Nobody listens there.
    private ProviderSettings settings(String name) {
        var values = new LinkedHashMap<String, Object>();
        if (SDKS.containsKey(name)) {
            values.put("endpoint", "http://127.0.0.1:1");
        }
        return new ProviderSettings(values, directory.resolve(name), InstantSource.system());
    }

    private static List<ProviderFactory> factories(Plugins plugins) {
        return plugins.names().stream()
                .filter(SDKS::containsKey)
                .flatMap(name -> plugins.factory(name).stream())
                .toList();
    }

    @Test
    void keepsEveryPluginOutOfTheOthersAndOfUs() {
        var plugins = new InstalledPlugins(DISTRIBUTION.resolve("plugins"));

        for (ProviderFactory factory : factories(plugins)) {
            assertThat(factory.settingNames()).as(factory.name()).contains("endpoint");
            assertThat(plugins.loaderOf(factory.name()))
                    .isNotEmpty()
                    .isNotEqualTo(Optional.of(getClass().getClassLoader()));
        }
        assertThat(plugins.names()).containsExactly("aws", "azure", "gcp", "kubernetes", "local", "ssh");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensThemAllInOneProcessWhateverTheContextClassLoader(boolean withContext) {
        Thread thread = Thread.currentThread();
        @Nullable ClassLoader before = thread.getContextClassLoader();
        var plugins = new InstalledPlugins(DISTRIBUTION.resolve("plugins"));
        try {
            thread.setContextClassLoader(withContext ? getClass().getClassLoader() : null);
            List<Provider> open = new ArrayList<>();
            for (ProviderFactory factory : factories(plugins)) {
                if (factory.open(settings(factory.name())) instanceof Outcome.Done<Provider>(Provider provider)) {
                    open.add(provider);
                    provider.offers(new OfferQuery(List.of(LocationPattern.parse(factory.name())), List.of()));
                }
            }
            assertThat(thread.getContextClassLoader())
                    .isSameAs(withContext ? getClass().getClassLoader() : null);
            open.forEach(Provider::close);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "kubernetes"})
    void validateLoadsNoSdk(String cloud) throws Exception {
        Path spec = spec(cloud);

        assertThat(loadedSdks("validate", spec.toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure", "kubernetes"})
    void planLoadsTheSdkOfTheCloudThatTheSpecNamesAndNoOther(String cloud) throws Exception {
        assertThat(loadedSdks("plan", spec(cloud).toString(), "-state=" + directory.resolve("state")))
                .containsExactly(cloud);
    }

    private Path spec(String cloud) throws IOException {
        return Files.writeString(
                directory.resolve("one.hcl"), """
                provider "%s" {
                  endpoint = "http://127.0.0.1:1"
                  %s
                }

                service "chat" {
                  replica {
                    image = "example"
                    port  = 8000
                  }

                  resources {
                    accelerators = ["L4:1"]
                    locations    = ["%s/*/*"]
                  }
                }
                """.formatted(cloud, REQUIRED.getOrDefault(cloud, ""), cloud));
    }

    /// The clouds whose SDK a command loaded a class of.
    private List<String> loadedSdks(String... arguments) throws Exception {
        Path classes = directory.resolve("classes.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + classes,
                "-Dskyhedge.home=" + DISTRIBUTION,
                "-cp",
                DISTRIBUTION.resolve("lib/skyhedge-cli.jar").toString(),
                "dev.skyhedge.cli.SkyhedgeCommand"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        // Nobody answers, and some clients try for long: what counts is what was loaded until then.
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String loaded = read("classes.txt");
        assertThat(loaded).contains("dev.skyhedge.cli.SkyhedgeCommand ");
        return SDKS.entrySet().stream()
                .filter(sdk -> loaded.contains(" " + sdk.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }
}
