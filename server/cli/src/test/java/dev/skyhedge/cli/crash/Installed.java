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

    /// Where it is installed; an empty path where the build has assembled nothing.
    public static Path home() {
        return Path.of(System.getProperty(PROPERTY, ""));
    }

    /// The command.
    public static String command() {
        return home().resolve("bin/skyhedge").toString();
    }

    /// Takes out of the environment what would be meant for other processes, and puts in what this one needs.
    ///
    /// @param jvmOptions separated by spaces
    public static void prepare(Map<String, String> environment, String jvmOptions) {
        environment.keySet().removeIf(name -> name.startsWith("SKYHEDGE") || name.startsWith("JAVA"));
        environment.put("SKYHEDGE_JAVA_HOME", System.getProperty("java.home"));
        environment.put("SKYHEDGE_JAVA_OPTS", jvmOptions);
    }

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
        List<String> command = new ArrayList<>(List.of("setsid", command()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        prepare(builder.environment(), jvmOptions);
        builder.environment().putAll(environment);
        return new Run(builder.start(), log, String.join(" ", arguments));
    }
}
