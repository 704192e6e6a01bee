package dev.skyhedge.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/// Where unpacked files are kept between runs.
final class CacheDirectory {
    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private CacheDirectory() {}

    /// `$XDG_CACHE_HOME/skyhedge/runtime` or `~/.cache/skyhedge/runtime`, as the XDG base directory
    /// specification has it.
    static Path standard(Map<String, String> environment, String home) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path root = cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
        return root.resolve("skyhedge").resolve("runtime");
    }

    /// Makes the directory, closed to other users, unless it is there. One that others may write to is refused,
    /// because native code is loaded from it.
    static Path open(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(directory, posix ? OWNER_ONLY : new FileAttribute<?>[0]);
        } catch (IOException e) {
            throw new IOException("Cannot make the cache directory " + directory + "; name another with --cache", e);
        }
        if (posix && !Collections.disjoint(Files.getPosixFilePermissions(directory), WRITABLE_BY_OTHERS)) {
            throw new IOException("Others may write to the cache directory " + directory
                    + ", from which native code is loaded; name another with --cache");
        }
        return directory;
    }
}
