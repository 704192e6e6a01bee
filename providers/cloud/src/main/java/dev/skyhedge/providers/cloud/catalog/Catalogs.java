package dev.skyhedge.providers.cloud.catalog;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the price list in force: the newest of those in the provider's directory, or the one that the plugin
/// ships if that is newer.
public final class Catalogs {
    private static final Pattern FILE = Pattern.compile("prices-\\d{4}-\\d{2}-\\d{2}\\.csv");
    private static final int KEPT_FILES = 5;

    /// The directory is below that of the state, and may be the first thing there.
    private static final FileAttribute<?>[] FOR_ITS_OWNER =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];

    private Catalogs() {}

    /// Reads the list that a plugin ships.
    ///
    /// @param plugin a class of the plugin
    /// @param resource name of the file, relative to that class
    public static PriceCatalog shipped(Class<?> plugin, String resource) {
        try (InputStream in = plugin.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(plugin.getName() + " has no resource " + resource);
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return CatalogFile.read(
                    resource, reader.lines().limit(CatalogFile.MAX_LINES + 1L).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped price catalogue is damaged", e);
        }
    }

    /// The list in force.
    ///
    /// @param directory where [#keep] puts lists; may not exist
    /// @throws IOException if the newest file there cannot be read or is damaged
    public static PriceCatalog inForce(PriceCatalog shipped, Path directory) throws IOException {
        Optional<Path> newest = newest(directory);
        if (newest.isEmpty()) {
            return shipped;
        }
        PriceCatalog kept = CatalogFile.read(newest.get().toString(), lines(newest.get()));
        if (!kept.provider().equals(shipped.provider())) {
            throw new IOException(
                    newest.get() + ": holds the prices of " + kept.provider() + ", not of " + shipped.provider());
        }
        return kept.pricedAt().isBefore(shipped.pricedAt()) ? shipped : kept;
    }

    /// A list of which a cloud has told a part only. It is as old as what was not told.
    ///
    /// @param told what the cloud has told, such as `zones and spot prices`
    /// @param at when it told that; only the latest such time is in the source
    public static PriceCatalog renewed(PriceCatalog known, String told, Instant at, List<PriceCatalog.Entry> entries) {
        String addition = "; " + told + " of ";
        String source = known.source().replaceFirst(Pattern.quote(addition) + "\\S+$", "");
        return new PriceCatalog(known.provider(), known.pricedAt(), source + addition + at, entries);
    }

    /// Keeps a list as a dated file; the oldest beyond five are deleted.
    ///
    /// @return the file
    public static Path keep(PriceCatalog catalog, Path directory) throws IOException {
        Files.createDirectories(directory, FOR_ITS_OWNER);
        Path file = directory.resolve("prices-" + LocalDate.ofInstant(catalog.pricedAt(), ZoneOffset.UTC) + ".csv");
        Path unfinished = Files.createTempFile(directory, "prices-", ".unfinished");
        Files.writeString(unfinished, CatalogFile.write(catalog));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Path old : files(directory).reversed().stream().skip(KEPT_FILES).toList()) {
            Files.deleteIfExists(old);
        }
        return file;
    }

    /// Keeps a list that a cloud has told, if it did.
    ///
    /// @return the same list, or why there is none or it could not be kept
    public static Outcome<PriceCatalog> keep(Outcome<PriceCatalog> told, Path directory) {
        if (told instanceof Outcome.Done<PriceCatalog>(PriceCatalog prices)) {
            try {
                keep(prices, directory);
            } catch (IOException e) {
                return Outcome.failed(new Failure.InvalidRequest("The prices cannot be kept: " + e.getMessage()));
            }
        }
        return told;
    }

    private static List<String> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(CatalogFile.MAX_LINES + 1L).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<Path> newest(Path directory) throws IOException {
        List<Path> files = files(directory);
        return files.isEmpty() ? Optional.empty() : Optional.of(files.getLast());
    }

    /// Oldest first: the date in the name sorts like the date.
    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }
}
