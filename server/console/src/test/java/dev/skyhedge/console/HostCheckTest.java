package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    private final HostCheck loopback = new HostCheck(ConsoleSettings.loopback(0), true);

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "[0:0:0:0:0:0:0:1]"})
    void permitsLoopback(String host) {
        assertThat(loopback.permits(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1x",
                "10.0.0.1",
                "[::2]",
                "0.0.0.0",
                "evil-localhost"
            })
    void refusesOtherNames(String host) {
        assertThat(loopback.permits(host)).isFalse();
    }

    @Test
    void refusesNoNameAtAll() {
        assertThat(loopback.permits(null)).isFalse();
    }

    @Test
    void permitsConfiguredNames() {
        var settings = new ConsoleSettings("127.0.0.1", 0, new TreeSet<>(List.of("Skyhedge.test")));

        assertThat(new HostCheck(settings, true).permits("skyhedge.TEST")).isTrue();
    }

    @Test
    void permitsEverythingOnAnAddressThatOthersReach() {
        var settings = new ConsoleSettings("0.0.0.0", 0, new TreeSet<>());

        assertThat(new HostCheck(settings, false).permits("skyhedge.example")).isTrue();
    }
}
