package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.LogPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLogsTest {
    @TempDir
    Path directory;

    @Test
    void offsetsGoOnOverTrimming() throws IOException {
        InstanceLogs logs = new InstanceLogs(directory, 20);
        write(logs, "0123456789abcdef");
        logs.trim("i-1");
        write(logs, "ghij");

        assertThat(logs.read("i-1", 14, 100, true)).isEqualTo(new LogPage("efghij", 20, true));
        assertThat(logs.read("i-1", -2, 100, false)).isEqualTo(new LogPage("ij", 20, false));

        write(logs, "klmnopqrstuvwxyz");
        logs.trim("i-1");
        assertThat(logs.read("i-1", 0, 4, false)).isEqualTo(new LogPage("ghij", 20, false));
        assertThat(Files.size(logs.file("i-1"))).isZero();
    }

    @Test
    void pageDoesNotCutACharacterInTwo() throws IOException {
        InstanceLogs logs = new InstanceLogs(directory, 1_000);
        write(logs, "a€b");

        assertThat(logs.read("i-1", 0, 3, false)).isEqualTo(new LogPage("a", 1, false));
        assertThat(logs.read("i-1", 1, 3, false)).isEqualTo(new LogPage("€", 4, false));
    }

    @Test
    void instanceThatWroteNothingHasAnEmptyLog() throws IOException {
        assertThat(new InstanceLogs(directory, 10).read("i-1", 0, 10, true)).isEqualTo(new LogPage("", 0, true));
    }

    private static void write(InstanceLogs logs, String text) throws IOException {
        Files.writeString(logs.file("i-1"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
