package dev.skyhedge.watch.installation;

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

/// A key that other secrets are made with. From the environment where machines share it, otherwise made once and kept
/// in the installation's directory, readable by its owner only.
public enum InstallationKey {
    /// Gives launches the right to report.
    NOTICES("notices", "SKYHEDGE_NOTICES_KEY", "notices.key"),
    /// Makes the keys of replicas. Whoever has another one does not get into those that run.
    REPLICAS("replicas", "SKYHEDGE_REPLICAS_KEY", "replicas.key");

    private static final int BYTES = 32;
    private static final int LEAST_BYTES = 16;
    private static final int MAX_FILE_BYTES = 4 * 1024;

    private final String purpose;
    private final String variable;
    private final String file;

    InstallationKey(String purpose, String variable, String file) {
        this.purpose = purpose;
        this.variable = variable;
        this.file = file;
    }

    /// The environment variable that may be the key, or `file:PATH` of it.
    public String variable() {
        return variable;
    }

    /// The name of the file in which it is kept.
    public String file() {
        return file;
    }

    /// Whether it comes from the environment.
    public boolean isGiven(Map<String, String> environment) {
        return !given(environment).isEmpty();
    }

    private String given(Map<String, String> environment) {
        return environment.getOrDefault(variable, "").strip();
    }

    /// The key's bytes.
    ///
    /// @throws Refusal if it cannot be read, kept, or is too short to be secret
    public byte[] read(Map<String, String> environment, Path directory) {
        String given = given(environment);
        try {
            if (given.startsWith("file:")) {
                return checked(variable, content(Path.of(given.substring("file:".length()))));
            }
            return given.isEmpty() ? kept(directory, directory.resolve(file)) : checked(variable, given);
        } catch (IOException e) {
            throw new Refusal(
                    "The key for " + purpose + " cannot be used",
                    e.getMessage() + ". Set " + variable + " to a long random text, or make " + directory
                            + " writable.");
        }
    }

    private static byte[] kept(Path directory, Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFiles.makeDirectory(directory);
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            create(directory, file, HexFormat.of().formatHex(bytes) + "\n");
        }
        return checked(file.toString(), content(file));
    }

    /// Two that start at once end with the same key: the second finds the file of the first.
    private static void create(Path directory, Path file, String text) throws IOException {
        Path unfinished = Files.createTempFile(
                directory,
                "unfinished",
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
        if (bytes.length < LEAST_BYTES) {
            throw new IOException(origin + " has fewer than " + LEAST_BYTES + " characters");
        }
        return bytes;
    }
}
