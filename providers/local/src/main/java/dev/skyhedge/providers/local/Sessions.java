package dev.skyhedge.providers.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starting processes in sessions of their own, so that neither the end of their parent nor Ctrl-C at its
/// terminal ends them, and that they can be signalled together with their children.
public final class Sessions {
    /// Whether this system has `setsid`.
    public static final boolean AVAILABLE =
            find("setsid", Optional.ofNullable(System.getenv("PATH"))).isPresent();

    private Sessions() {}

    /// The command that runs another one as leader of a new session, where this system can do that.
    public static List<String> own(List<String> command) {
        List<String> own = new ArrayList<>(AVAILABLE ? List.of("setsid") : List.of());
        own.addAll(command);
        return own;
    }

    /// Finds a program as a shell would: as a path if the name holds a slash, else in the directories of
    /// `PATH`.
    public static Optional<Path> find(String program, Optional<String> searchPath) {
        if (program.isEmpty()) {
            return Optional.empty();
        }
        if (program.indexOf('/') >= 0) {
            return Optional.of(Path.of(program)).filter(Sessions::runs);
        }
        for (String directory : searchPath.orElse("").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
            if (runs(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean runs(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /// Variables that every process needs to find its way about; nothing else of ours is inherited.
    public static void keepOnly(Map<String, String> environment, List<String> names) {
        environment.keySet().retainAll(names);
    }
}
