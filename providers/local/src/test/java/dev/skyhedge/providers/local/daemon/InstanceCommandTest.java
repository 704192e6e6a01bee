package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceCommandTest {
    @ParameterizedTest
    @CsvSource({
        "$PORT, 24542",
        "${PORT}, 24542",
        "--listen=:$PORT/x, --listen=:24542/x",
        "${PORT}AL, 24542AL",
        "$PORTAL, $PORTAL",
        "$PORT_2, $PORT_2",
        "$PORT2, $PORT2",
        "${PORTAL}, ${PORTAL}"
    })
    void onlyTheWholeNameIsThePort(String word, String expected) {
        assertThat(InstanceCommand.withPort(word, 24542)).isEqualTo(expected);
    }
}
