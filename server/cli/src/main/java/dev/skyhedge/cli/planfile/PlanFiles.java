package dev.skyhedge.cli.planfile;

import dev.skyhedge.specs.diagnostics.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Writes and reads plan files.
public final class PlanFiles {
    private static final int MAX_BYTES = 256 * 1024 * 1024;
    private static final int ZIP_MAGIC = 0x504b0304;

    private PlanFiles() {}

    /// Replaces the file: whoever looks sees the old or the new one. Only its owner may read it. Empty if it was
    /// written durably.
    public static Optional<PlanFileProblem> write(Path path, PlanFile file) {
        byte[] bytes = Archive.write(Entries.of(file));
        if (bytes.length > MAX_BYTES) {
            return Optional.of(tooLarge(path));
        }
        Path temporary = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            try {
                writeNew(temporary, bytes);
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceDirectoryOf(path);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new PlanFileProblem(
                    PlanFileProblem.Kind.NOT_WRITTEN,
                    "Plan was not saved",
                    path + " cannot be written: " + FileReason.of(e) + ". Choose another place with -out."));
        }
    }

    private static void writeNew(Path file, byte[] bytes) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void forceDirectoryOf(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /// Reads and checks a plan file.
    public static PlanFileResult read(Path path) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return refused(
                    PlanFileProblem.Kind.UNREADABLE,
                    "Plan file cannot be read",
                    path + " cannot be read: " + FileReason.of(e) + ".");
        }
        if (bytes.length > MAX_BYTES) {
            return new PlanFileResult.Refused(tooLarge(path));
        }
        if (bytes.length < Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != ZIP_MAGIC) {
            return refused(PlanFileProblem.Kind.NOT_A_PLAN_FILE, path, "it is not an archive");
        }
        try {
            SequencedMap<String, String> entries = Archive.read(bytes);
            return new PlanFileResult.Read(Entries.read(entries));
        } catch (Archive.RefusedException e) {
            return refused(e.kind(), path, e.detail());
        } catch (IllegalArgumentException e) {
            return refused(PlanFileProblem.Kind.DAMAGED, path, String.valueOf(e.getMessage()));
        }
    }

    private static PlanFileResult refused(PlanFileProblem.Kind kind, Path path, String what) {
        return switch (kind) {
            case NOT_A_PLAN_FILE ->
                refused(
                        kind,
                        "Not a plan file",
                        path + " was not written by \"skyhedge plan -out\": " + what
                                + ". To apply a spec, name its directory or a file that ends in .hcl.");
            case NEWER_FORMAT ->
                refused(
                        kind,
                        "Plan file is from a newer version",
                        path + " cannot be read: " + what + ". Use the version that wrote it, or plan again.");
            case OLDER_FORMAT ->
                refused(
                        kind,
                        "Plan file is from an older version",
                        path + " cannot be read: " + what + ". Plan again.");
            case TOO_LARGE -> refused(kind, "Plan file is too large", path + " cannot be read: " + what + ".");
            case DAMAGED, UNREADABLE, NOT_WRITTEN, STALE, OTHER_STATE ->
                refused(kind, "Plan file is damaged", path + " cannot be used: " + what + ". Plan again.");
        };
    }

    private static PlanFileResult refused(PlanFileProblem.Kind kind, String summary, String detail) {
        return new PlanFileResult.Refused(new PlanFileProblem(kind, summary, detail));
    }

    private static PlanFileProblem tooLarge(Path path) {
        return new PlanFileProblem(
                PlanFileProblem.Kind.TOO_LARGE,
                "Plan file is too large",
                path + " would have more than " + MAX_BYTES / 1024 / 1024 + " MiB.");
    }
}
