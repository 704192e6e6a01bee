package dev.skyhedge.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Where unpacked files are kept between runs.
final class CacheDirectory {
    private static final String OWNER_ONLY = "rwx------";

    private CacheDirectory() {}

    /// `$XDG_CACHE_HOME/skyhedge/runtime` or `~/.cache/skyhedge/runtime`, as the XDG base directory specification has
    /// it.
    static Path standard(Map<String, String> environment, String home) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path root = cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
        return root.resolve("skyhedge").resolve("runtime");
    }

    /// Makes the directory, closed to other users. One that somebody else owns is refused: native code is loaded from
    /// it.
    static Path open(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            // Fails for everyone but the owner and root.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(OWNER_ONLY));
        }
        return directory;
    }
}
