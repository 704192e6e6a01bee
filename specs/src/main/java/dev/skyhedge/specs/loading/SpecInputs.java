package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.functions.FunctionException;
import dev.skyhedge.specs.functions.RootedFiles;
import dev.skyhedge.spi.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every file from which a spec was read, and every place where one more would be read, so that somebody can look
/// whether a later reading would find something else. Immutable; a look reads the files.
///
/// @param files those that were read or asked for by name
/// @param directories in which each file with the name of one is read, or might have been
/// @param root below which functions read files
/// @param functions what functions looked at below the root; a directory ends in `/`
public record SpecInputs(
        SortedSet<Path> files, SortedSet<Path> directories, Optional<Path> root, SortedSet<String> functions) {
    /// Nothing of larger files is looked at but their size and time.
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private static final int MOST_FILES = 10_000;
    private static final String CHANGE_TIME = "unix:ctime";

    public SpecInputs {
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
        directories = Collections.unmodifiableSortedSet(new TreeSet<>(directories));
        functions = Collections.unmodifiableSortedSet(new TreeSet<>(functions));
    }

    /// These and those of another reading of the same spec, which may have come less far.
    public SpecInputs and(SpecInputs other) {
        return new SpecInputs(
                union(files, other.files),
                union(directories, other.directories),
                root.or(() -> other.root),
                union(functions, other.functions));
    }

    private static <T extends Comparable<? super T>> SortedSet<T> union(Collection<T> some, Collection<T> others) {
        SortedSet<T> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    /// The digest of all contents as they are now: the same for the same contents, whenever they were written.
    public String look() {
        Map<String, String> found = new TreeMap<>();
        present().forEach(file -> found.put(file.toString(), content(file)));
        functions.forEach(key -> found.put("below the root: " + key, seenByFunctions(key)));
        return Sha256.hex(found.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// When any of the files that were read was last written, moved here or put in the place of another; empty if
    /// none is there any more.
    public Optional<Instant> changedAt() {
        return files.stream().flatMap(file -> times(file).stream()).max(Instant::compareTo);
    }

    private SortedSet<Path> present() {
        SortedSet<Path> all = new TreeSet<>(files);
        for (Path directory : directories) {
            try (Stream<Path> entries = Files.list(directory)) {
                entries.filter(SpecFiles::isInput).limit(MOST_FILES).forEach(all::add);
            } catch (IOException | UncheckedIOException e) {
                all.add(directory);
            }
        }
        return all;
    }

    private static String content(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "no regular file" : "gone";
            }
            if (Files.size(file) > MOST_BYTES) {
                return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Sha256.hex(in.readAllBytes());
            }
        } catch (NoSuchFileException e) {
            return "gone";
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    private static List<Instant> times(Path file) {
        try {
            return Stream.of(Files.getLastModifiedTime(file), (FileTime)
                            Files.getAttribute(file, CHANGE_TIME, LinkOption.NOFOLLOW_LINKS))
                    .map(FileTime::toInstant)
                    .toList();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // It is gone, or has no such times: then it says nothing.
            return List.of();
        }
    }

    private String seenByFunctions(String key) {
        if (root.isEmpty()) {
            return "";
        }
        try {
            var access = new RootedFiles(root.get());
            return key.endsWith("/")
                    ? access.list(key.substring(0, key.length() - 1)).toString()
                    : Sha256.hex(access.read(key));
        } catch (IOException | FunctionException e) {
            return "cannot be read";
        }
    }
}
