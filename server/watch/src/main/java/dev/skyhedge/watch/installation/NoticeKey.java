package dev.skyhedge.watch.installation;

import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.state.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/// The key with which launches get the right to report. From the environment where machines share it, otherwise
/// made once and kept in the installation's directory, readable by its owner only.
final class NoticeKey {
    static final String VARIABLE = "SKYHEDGE_NOTICES_KEY";
    static final String FILE = "notices.key";
    private static final int BYTES = 32;
    private static final int MAX_FILE_BYTES = 4 * 1024;

    private NoticeKey() {}

    /// The key's bytes.
    ///
    /// @param environment in which `SKYHEDGE_NOTICES_KEY` may be the key, or `file:PATH` of it
    /// @throws Refusal if it cannot be read, kept, or is too short to be secret
    static byte[] read(Map<String, String> environment, Path directory) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        try {
            if (given.startsWith("file:")) {
                return checked(VARIABLE, content(Path.of(given.substring("file:".length()))));
            }
            return given.isEmpty() ? kept(directory) : checked(VARIABLE, given);
        } catch (IOException e) {
            throw new Refusal(
                    "The key for notices cannot be used",
                    e.getMessage() + ". Set " + VARIABLE + " to a long random text, or make " + directory
                            + " writable.");
        }
    }

    private static byte[] kept(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            PrivateFiles.makeDirectory(directory);
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            create(file, HexFormat.of().formatHex(bytes) + "\n");
        }
        return checked(file.toString(), content(file));
    }

    /// Two that start at once end with the same key: the second finds the file of the first.
    private static void create(Path file, String text) throws IOException {
        Path unfinished = Files.createTempFile(
                file.getParent(),
                FILE,
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(unfinished, text, StandardOpenOption.SYNC);
            PrivateFiles.giveToOwnerOfDirectory(unfinished);
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException lostTheRace) {
            return;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String content(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
        }
        return Files.readString(file).strip();
    }

    private static byte[] checked(String origin, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < NoticeAuthority.LEAST_KEY_BYTES) {
            throw new IOException(origin + " has fewer than " + NoticeAuthority.LEAST_KEY_BYTES + " characters");
        }
        return bytes;
    }
}
