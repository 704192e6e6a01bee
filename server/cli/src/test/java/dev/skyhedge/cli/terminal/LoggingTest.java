package dev.skyhedge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingTest {
    private static Properties configuration(Map<String, String> environment) throws Exception {
        var properties = new Properties();
        properties.load(new StringReader(Logging.configuration(environment)));
        return properties;
    }

    @Test
    void onlyWarningsAreShownUnlessMoreIsAskedFor() throws Exception {
        assertThat(configuration(Map.of()))
                .containsEntry(".level", "WARNING")
                .containsEntry("org.flywaydb.level", "SEVERE");
    }

    @ParameterizedTest
    @CsvSource({"error, SEVERE", "warn, WARNING", "info, INFO", "debug, FINE", "trace, FINEST", "loud, WARNING"})
    void theVariableSaysHowMuchOfEverythingIsShown(String word, String level) throws Exception {
        assertThat(configuration(Map.of("SKYHEDGE_LOG", word)))
                .containsEntry(".level", level)
                .doesNotContainKey("org.flywaydb.level");
    }

    /// Requests to the cloud in a box and to clouds carry what lets us in.
    @ParameterizedTest
    @ValueSource(strings = {"debug", "trace"})
    void headersOfRequestsAreNeverShown(String word) throws Exception {
        assertThat(configuration(Map.of("SKYHEDGE_LOG", word))).containsEntry("sun.net.www.level", "INFO");
    }

    /// The library makes it by this name, with nobody to tell it that there is none.
    @Test
    void theHandlerIsThere() throws Exception {
        String handler = configuration(Map.of()).getProperty("handlers");

        assertThat(Class.forName(handler)).isEqualTo(LogHandler.class);
    }
}
