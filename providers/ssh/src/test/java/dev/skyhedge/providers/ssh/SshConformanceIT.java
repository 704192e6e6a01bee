package dev.skyhedge.providers.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SshConformanceIT extends ProviderConformance {
    @TempDir
    Path directory;

    @Override
    protected ProviderHarness open() throws Exception {
        assumeTrue(Files.isExecutable(SshServer.SSHD), "there is no sshd: install openssh-server");
        return new SshHarness(directory);
    }
}
