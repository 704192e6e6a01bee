package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A state is one state wherever its processes think that they are.
class StateInLocalesIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "az-AZ", "ar-EG"})
    void isSharedBetweenAProcessInAnotherLocaleAndOneWithout(String tag) throws Exception {
        long reported;
        try (ChildJvm child = ChildJvm.start(directory, "commit", flags(tag))) {
            child.awaitCommits(3);
            child.kill();
            reported = child.lastSerial();
        }

        try (StateStore store = Opening.opened(Opening.open(directory))) {
            assertThat(store.read().serial()).isBetween(reported, reported + 1);
        }
        try (ChildJvm child = ChildJvm.start(directory, "commit", flags(tag))) {
            child.awaitCommits(1);
            assertThat(child.lastSerial()).isGreaterThan(reported);
        }
    }

    private static String[] flags(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        return new String[] {"-Duser.language=" + locale.getLanguage(), "-Duser.country=" + locale.getCountry()};
    }
}
