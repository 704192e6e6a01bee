package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that can be connected to, and says nothing.
class SilentDaemonTest {
    @TempDir
    private Path directory;

    @Test
    void isToldFromSettingsThatAreWrong() throws IOException {
        var files = new DaemonFiles(directory);
        long pid = ProcessHandle.current().pid();
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            files.create();
            files.writeAddress(new DaemonFiles.Address(listening.getLocalPort(), pid, "secret"));
            Thread.ofVirtual().start(() -> hangUp(listening));

            var outcome = Box.tryOpen(directory, Box.settings());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure())
                                    .isInstanceOfSatisfying(
                                            Failure.OutcomeUnknown.class,
                                            unknown -> assertThat(unknown.message())
                                                    .contains("did not answer", "process " + pid)));
        }
    }

    private static void hangUp(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                listening.accept().close();
            } catch (IOException e) {
                return;
            }
        }
    }
}
