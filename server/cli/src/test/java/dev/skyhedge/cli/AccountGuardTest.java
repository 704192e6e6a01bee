package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.CloudAccount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountGuardTest {
    @TempDir
    private Path directory;

    private final FakeCloud cloud = new FakeCloud();

    private void require(String lineage, String endpoint, String account, String... recorded) {
        cloud.account = new CloudAccount(endpoint, account);
        AccountGuard.require(
                lineage, new TreeMap<>(Map.of("fake", cloud)), new TreeSet<>(List.of(recorded)), directory);
    }

    @Test
    void refusesAnotherEndpointWhileReplicasRunInTheFirst() {
        require("l1", "", "4711", "fake");
        require("l1", "", "4711", "fake");

        assertThatThrownBy(() -> require("l1", "http://127.0.0.1:5000", "4711", "fake"))
                .isInstanceOf(CommandFailure.class);
        assertThatThrownBy(() -> require("l1", "", "4712", "fake")).isInstanceOf(CommandFailure.class);
        assertThatCode(() -> require("l1", "", "4711", "fake"))
                .as("the first again")
                .doesNotThrowAnyException();
    }

    @Test
    void takesAnUnknownAccountForTheSame() {
        require("l1", "", "4711", "fake");

        assertThatCode(() -> require("l1", "", "", "fake")).doesNotThrowAnyException();
    }

    @Test
    void letsAProviderChangeThatRunsNothing() {
        require("l1", "", "4711", "fake");
        require("l1", "", "4712");

        assertThatThrownBy(() -> require("l1", "", "4711", "fake")).isInstanceOf(CommandFailure.class);
    }

    @Test
    void letsEveryStateHaveItsOwn() {
        require("l1", "", "4711", "fake");

        assertThatCode(() -> require("l2", "", "4712", "fake")).doesNotThrowAnyException();
    }
}
