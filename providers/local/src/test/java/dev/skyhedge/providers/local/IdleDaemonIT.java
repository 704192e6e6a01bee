package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.local.daemon.LocalCloudDaemon;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cloud in a box that nobody needs any more.
class IdleDaemonIT {
    @TempDir
    Path directory;

    @BeforeEach
    void soonIdle() {
        System.setProperty(LocalCloudDaemon.IDLE_PROPERTY, "PT2S");
    }

    @AfterEach
    void stopCloud() throws IOException {
        System.clearProperty(LocalCloudDaemon.IDLE_PROPERTY);
        new LocalCloud(directory).stop();
    }

    @Test
    void endsByItselfAndComesBackForWhoNeedsIt() throws IOException {
        Provider provider = Box.open(directory);
        Box.done(provider.observe(Box.LINEAGE));
        var files = new DaemonFiles(directory);
        String origin = DaemonFiles.read(files.marketOrigin()).orElseThrow();

        Box.await("the end of the daemon", () -> !Files.exists(files.address()));

        assertThat(Box.done(provider.observe(Box.LINEAGE)).instances()).isEmpty();
        assertThat(DaemonFiles.read(files.marketOrigin())).contains(origin);
    }
}
