package dev.skyhedge.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Files from the jars of the class path, unpacked once into a directory that all servers of this user share.
///
/// Weights and native libraries have to be files for ONNX Runtime. Left alone it unpacks 28 MB into the
/// temporary directory at every start and leaves them there when the process is killed, as preempted ones are.
/// Unpacked once they cost neither time nor disk, and the servers share their pages.
///
/// @param directory readable and writable by its owner only, as code is loaded from it
record UnpackedResources(Path directory) {

    /// The file of a resource; empty if the class path does not have it.
    ///
    /// Its directory is named after the jar and the jar's size, so that another version never meets these
    /// files. The move into place is atomic, so that nobody sees half a file.
    Optional<Path> file(String resource) throws IOException {
        URL url = UnpackedResources.class.getClassLoader().getResource(resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection entry)) {
            return Optional.empty();
        }
        Path jar = Path.of(entry.getJarFile().getName());
        Path target = directory
                .resolve(jar.getFileName() + "-" + Files.size(jar))
                .resolve(Path.of(resource).getFileName());
        if (!Files.exists(target) || Files.size(target) != entry.getJarEntry().getSize()) {
            unpack(entry, target);
        }
        return Optional.of(target);
    }

    private static void unpack(JarURLConnection entry, Path target) throws IOException {
        Path parent = target.resolveSibling(".").normalize();
        Files.createDirectories(parent);
        Path partial = Files.createTempFile(parent, "unpacking-", ".part");
        try (InputStream content = entry.getInputStream()) {
            Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
