package dev.skyhedge.cli;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.Logging;
import dev.skyhedge.cli.terminal.OutputQueues;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.terminal.TerminalWidth;
import dev.skyhedge.providers.local.LocalCloudCommand;
import dev.skyhedge.providers.local.LocalProviderFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// The command with the cloud in a box on its class path, as the main class of a process of a test. With
/// `-Dinteractive=true` it believes that somebody types.
final class SkyhedgeProcess {
    private static final int WIDTH = 120;

    private SkyhedgeProcess() {}

    public static void main(String[] arguments) {
        Logging.begin();
        var terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Boolean.getBoolean("interactive"),
                false,
                Boolean.getBoolean("interactive") ? WIDTH : TerminalWidth.UNLIMITED);
        var plugins = new ClassPathPlugins(List.of(new LocalProviderFactory()), List.of(new LocalCloudCommand()));
        int code = SkyhedgeCommand.execute(
                new Context(terminal, System.getenv(), InstantSource.system(), Path.of("."), plugins), arguments);
        Logging.await(OutputQueues.LAST_LINES);
        System.exit(code);
    }
}
