package dev.skyhedge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assumptions;

/// Signals that whoever started us has turned off, as nohup does with SIGHUP and a shell in the background with
/// SIGINT. Children inherit that, and nothing can turn them on again.
public final class IgnoredSignals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "SigIgn:";

    /// A signal and its number on Linux.
    public enum Signal {
        HUP(1),
        INT(2);

        private final int number;

        Signal(int number) {
            this.number = number;
        }
    }

    private IgnoredSignals() {}

    /// Skips the test if the signal would never reach a child.
    public static void assumeHeard(Signal signal) throws IOException {
        Assumptions.assumeThat(isIgnored(signal))
                .as("SIG%s is ignored by whoever started this, so it never reaches a child", signal)
                .isFalse();
    }

    private static boolean isIgnored(Signal signal) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(FIELD))
                .mapToLong(line ->
                        Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16))
                .anyMatch(mask -> (mask >>> (signal.number - 1) & 1) != 0);
    }
}
