package dev.skyhedge.cli.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The distribution, started as its users start it.
public final class Installed {
    /// System property: the directory of the distribution. Set where the build has assembled it.
    public static final String PROPERTY = "skyhedge.distribution";

    private Installed() {}

    /// Starts the command in a process group of its own.
    ///
    /// @param jvmOptions for that process alone, separated by spaces
    /// @param log where it writes what it says
    public static Run start(Path log, String jvmOptions, List<String> arguments) throws IOException {
        return start(log, jvmOptions, Map.of(), arguments);
    }

    /// Starts it with more in its environment than this process has.
    static Run start(Path log, String jvmOptions, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path home = Path.of(System.getProperty(PROPERTY, ""));
        List<String> command =
                new ArrayList<>(List.of("setsid", home.resolve("bin/skyhedge").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SKYHEDGE") || name.startsWith("JAVA"));
        builder.environment().put("SKYHEDGE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SKYHEDGE_JAVA_OPTS", jvmOptions);
        builder.environment().putAll(environment);
        return new Run(builder.start(), log, String.join(" ", arguments));
    }
}
