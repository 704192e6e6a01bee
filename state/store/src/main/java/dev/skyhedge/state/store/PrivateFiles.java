package dev.skyhedge.state.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/// Makes the files of a state, and those beside it, so that nobody but their owner can read them, who is the owner of
/// their directory: one run as root must not lock a user out of the user's own state.
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /// Makes a directory and those above it, where they are missing.
    public static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectories(directory, permissions("rwx------"));
        giveToOwnerOfDirectory(directory);
    }

    /// Makes an empty file where there is none; one that is there stays as it is.
    static void makeFile(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createFile(file, permissions("rw-------"));
            giveToOwnerOfDirectory(file);
        } catch (FileAlreadyExistsException _) {
            // Another process was faster, and made it in the same way.
            return;
        }
    }

    /// Gives a file that this process has just made to the owner of its directory. Only root can and need do that.
    public static void giveToOwnerOfDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (!POSIX || directory == null) {
            return;
        }
        UserPrincipal owner = Files.getOwner(directory);
        boolean byRoot =
                Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName().equals("root");
        if (byRoot && !owner.getName().equals("root")) {
            Files.setOwner(file, owner);
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : NONE;
    }
}
