package dev.skyhedge.providers.cloud.opening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SettingsProviderFactoryTest {
    private static final SettingProblem NO_REGION = new SettingProblem("region", "is missing", "Name one.");

    private final AtomicInteger opened = new AtomicInteger();

    private record Settings(List<SettingProblem> problems) implements CheckedSettings {}

    private final class Factory extends SettingsProviderFactory<Settings> {
        Factory() {
            super(
                    "cloud",
                    List.of("region"),
                    (values, _) -> new Settings(values.containsKey("region") ? List.of() : List.of(NO_REGION)));
        }

        @Override
        protected Outcome<Provider> open(Settings settings, ProviderSettings given) {
            opened.incrementAndGet();
            return Outcome.failed(new Failure.Denied("opened"));
        }
    }

    private static ProviderSettings given(Map<String, Object> values) {
        return new ProviderSettings(new LinkedHashMap<>(values), Path.of("."), InstantSource.system());
    }

    @Test
    void badSettingsAreRefusedWithTheRemedyAndOpenNothing() {
        assertThat(new Factory().open(given(Map.of())))
                .isEqualTo(Outcome.failed(new Failure.InvalidRequest("region: is missing. Name one.")));
        assertThat(opened).hasValue(0);
    }

    @Test
    void goodSettingsOpen() {
        new Factory().open(given(Map.of("region", "here")));

        assertThat(opened).hasValue(1);
    }

    @Test
    void problemsAreToldWithoutOpening() {
        assertThat(new Factory().check(given(Map.of()))).containsExactly(NO_REGION);
        assertThat(opened).hasValue(0);
    }
}
