package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsProviderFactoryTest {
    private final AwsProviderFactory factory = new AwsProviderFactory();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void takesAllDocumentedSettings() {
        assertThat(problems(settings(
                        "endpoint",
                        "http://127.0.0.1:5000",
                        "regions",
                        List.of("us-east-1"),
                        "image",
                        "ami-0123456789abcdef0",
                        "images",
                        Map.of("us-east-1", "ami-0123456789abcdef0"),
                        "subnets",
                        Map.of("us-east-1a", "subnet-0123456789abcdef0"),
                        "security_groups",
                        Map.of("us-east-1", "sg-0123456789abcdef0"),
                        "public_address",
                        true,
                        "poll_seconds",
                        BigDecimal.TEN)))
                .isEmpty();
    }

    @Test
    void namesWhatIsWrongAndWhatToDo() {
        assertThat(problems(settings("image", "ubuntu", "regions", List.of("us-east-1"), "zone", "x")))
                .extracting(SettingProblem::setting)
                .containsExactly("image", "zone");
    }

    @Test
    void thingsOfOneRegionNeedThatRegion() {
        assertThat(problems(settings("image", "ami-0123456789abcdef0")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("images"));
    }

    @Test
    void plainHttpToAnotherMachineIsRefused() {
        assertThat(problems(settings("endpoint", "http://10.0.0.1:5000")))
                .extracting(SettingProblem::setting)
                .containsExactly("endpoint");
    }

    @Test
    void shipsPricesOfGpus() {
        PriceCatalog catalog = Outcomes.done(factory.catalog(provider(settings())));

        assertThat(catalog.provider()).isEqualTo("aws");
        assertThat(catalog.entries())
                .anyMatch(entry -> entry.accelerator().equals(Accelerator.parse("A100-80GB:8"))
                        && entry.region().equals("us-east-1"))
                .allMatch(entry -> entry.onDemand().isPresent());
        assertThat(catalog.entries().stream().map(entry -> entry.region() + entry.instanceType()))
                .doesNotHaveDuplicates();
    }

    private List<SettingProblem> problems(SequencedMap<String, Object> values) {
        return factory.check(provider(values));
    }

    private ProviderSettings provider(SequencedMap<String, Object> values) {
        return new ProviderSettings(values, directory, InstantSource.system());
    }

    private static SequencedMap<String, Object> settings(Object... namesAndValues) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }
}
