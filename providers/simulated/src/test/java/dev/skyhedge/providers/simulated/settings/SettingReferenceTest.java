package dev.skyhedge.providers.simulated.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingReferenceTest {
    private static List<String> names(String under) {
        return SettingReference.ALL.stream()
                .map(SettingReference::name)
                .filter(name -> under.isEmpty() ? !name.contains(".") : name.startsWith(under))
                .map(name -> name.substring(under.length()))
                .toList();
    }

    @Test
    void tellsOfEverySettingThatIsRead() {
        assertThat(names("")).isEqualTo(CloudSettings.NAMES);
        assertThat(names("market.")).isEqualTo(MarketSettings.NAMES);
        assertThat(names("instance_types.")).isEqualTo(InstanceType.NAMES);
    }

    @Test
    void theDocumentationSaysTheSame() throws IOException {
        String clouds = Files.readString(Path.of("../../docs/clouds.md"));

        assertThat(SettingReference.ALL)
                .allSatisfy(one -> assertThat(clouds)
                        .contains("| `" + one.name() + "` | " + one.meaning() + " | " + one.fallback() + " |"));
    }
}
